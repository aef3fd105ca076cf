import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** How one part of a service is. `degraded` works in a bounded way and heals by itself, `standby` would take over. */
export interface PartHealth {
  readonly status: 'ok' | 'standby' | 'starting' | 'degraded' | 'failed';
  /** Why it is not `ok`: a stable code. */
  readonly code?: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

export type ServiceHealth = Readonly<Record<string, PartHealth>>;

export interface Overall {
  readonly status: PartHealth['status'];
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly parts: ServiceHealth;
}

/** From the best to the worst: a service is as its worst part. */
const ORDER = ['ok', 'standby', 'degraded', 'starting', 'failed'] as const;

export function worstOf(parts: ServiceHealth): PartHealth['status'] {
  const ranks = Object.values(parts).map(({ status }) => ORDER.indexOf(status));
  return ORDER[Math.max(0, ...ranks)] ?? 'failed';
}

/** Whether work may be given to it. */
export const isReady = (status: PartHealth['status']): boolean => status !== 'starting' && status !== 'failed';

export interface HealthServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly metrics: Registry;
  readonly overall: () => Overall;
  /** Called before each answer with metrics: brings those up to date that are not counted as things happen. */
  readonly onScrape: () => unknown;
}

export interface HealthServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves `/health/live`, `/health/ready` (503 while it is not) and `/metrics`. Rejects when it can't listen there. */
export async function serveHealth({
  host,
  port,
  metrics,
  overall,
  onScrape,
}: HealthServerOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '', response).catch(() => response.destroy());
  });
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/health/live') json(response, 200, { status: 'live' });
    else if (path === '/health/ready') {
      const health = overall();
      json(response, isReady(health.status) ? 200 : 503, health);
    } else if (path === '/metrics') {
      await onScrape();
      const page = await metrics.metrics();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(page);
    } else json(response, 404, { code: 'not-found', detail: 'There is /health/live, /health/ready and /metrics.' });
  };
  await listen(server, host, port);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
