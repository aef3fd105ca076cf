import { Agent, request } from 'node:http';
import { atRate, latenciesOf, type Latencies } from '../harness/latencies.ts';

/** What stewards ask for: pages with filter and facets, searches, and the next page of each. */
const QUERIES = [
  { path: '/api/v1/queue?limit=50' },
  { path: '/api/v1/queue?limit=50&checks=birth&codes=FIELD_MISMATCH' },
  { path: '/api/v1/queue?limit=50&tab=unclaimed&sort=oldest&checks=marriage' },
  { path: '/api/v1/queue?limit=50&registries=tax-office&sort=key' },
  { path: '/api/v1/queue?limit=50&codes=NOT_FOUND&codes=ID_SUPERSEDED' },
  { path: '/api/v1/queue?limit=50&tab=overdue&sort=due' },
  { path: '/api/v1/queue?limit=50&ages=0-2&checks=legal-representative' },
  { path: '/api/v1/queue/search', body: { limit: 50, filter: { text: 'nguyen thi', checks: ['birth'] } } },
  { path: '/api/v1/queue/search', body: { limit: 50, filter: { text: 'tran van h', codes: ['FIELD_MISMATCH'] } } },
] as const;

export interface QueueLoadResult {
  readonly latencies: Latencies;
  readonly failed: number;
  /** How many mismatches the queue had, by its own count. */
  readonly total: number;
}

/** Asks for pages at a steady rate, until told to stop. Waiting for a free connection counts. */
export async function loadQueue(
  address: string,
  perSecond: number,
  until: (elapsedSeconds: number) => boolean,
): Promise<QueueLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const milliseconds: number[] = [];
  let failed = 0;
  let total = 0;
  try {
    await atRate(perSecond, until, async (number, dueAt) => {
      const query = QUERIES[number % QUERIES.length] ?? QUERIES[0];
      try {
        const answer = await ask(agent, `${address}${query.path}`, 'body' in query ? query.body : undefined);
        milliseconds.push(performance.now() - dueAt);
        if (number % QUERIES.length === 0) total = (JSON.parse(answer) as { total: number }).total;
      } catch {
        failed += 1;
      }
    });
  } finally {
    agent.destroy();
  }
  return { latencies: latenciesOf(milliseconds), failed, total };
}

function ask(agent: Agent, url: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'khop-actor': 'bench', ...(body !== undefined && { 'content-type': 'application/json' }) };
    const asking = request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${response.statusCode} ${text}`));
      });
    });
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
