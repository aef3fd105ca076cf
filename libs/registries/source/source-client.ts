import { Compile } from 'typebox/compile';
import { tracing, type Traceparent } from '#libs/telemetry';
import {
  ChangePage,
  CorrectionState,
  DecisionPage,
  FoundRecord,
  SourceCounts,
  type CorrectionOrder,
} from './protocol.ts';
import { SourceProtocolError, SourceRefusedError, SourceUnavailableError } from './source-errors.ts';

export interface SourceClientOptions {
  /** Such as `http://127.0.0.1:4101`. */
  readonly baseUrl: string;
  /** How long an answer may take beyond the time it was asked to wait; default 10. */
  readonly timeoutSeconds?: number;
  /** Largest answer in MiB; default 64. */
  readonly maxAnswerMebibytes?: number;
}

export interface PageRequest {
  readonly since?: string | undefined;
  readonly limit: number;
  /** Keep the request open for so long when there is nothing new; default 0. */
  readonly waitSeconds?: number | undefined;
}

/**
 * Talks to one registry. Every call throws `SourceUnavailableError` (may be tried again), `SourceRefusedError` (won't
 * change) or `SourceProtocolError`; an aborted signal throws its reason. Messages name the path and the status only.
 */
export interface SourceClient {
  changes(record: string, page: PageRequest, signal?: AbortSignal): Promise<ChangePage>;
  /** Undefined when the source has no such record. */
  lookUp(record: string, key: string, signal?: AbortSignal): Promise<FoundRecord | undefined>;
  counts(signal?: AbortSignal): Promise<SourceCounts>;
  /** `traceparent`: what the request came from; it is sent along. */
  requestCorrection(order: CorrectionOrder, signal?: AbortSignal, traceparent?: Traceparent): Promise<CorrectionState>;
  decisions(page: PageRequest, signal?: AbortSignal): Promise<DecisionPage>;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly waitSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly traceparent?: Traceparent | undefined;
}

const changePage = Compile(ChangePage);
const foundRecord = Compile(FoundRecord);
const sourceCounts = Compile(SourceCounts);
const correctionState = Compile(CorrectionState);
const decisionPage = Compile(DecisionPage);

/** A client over the platform's own `fetch`. */
export function createSourceClient(options: SourceClientOptions): SourceClient {
  const timeoutSeconds = options.timeoutSeconds ?? 10;
  const maxBytes = (options.maxAnswerMebibytes ?? 64) * 1024 * 1024;

  const { hostname, port } = new URL(options.baseUrl);
  const sending = { 'http.request.method': 'POST', 'server.address': hostname, 'server.port': Number(port) };

  async function call<T>(shape: Shape<T>, request: Call): Promise<T> {
    const timeout = AbortSignal.timeout((timeoutSeconds + (request.waitSeconds ?? 0)) * 1000);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    const where = `${request.method} ${request.path.split('?')[0] ?? ''}`;
    try {
      const response = await fetch(new URL(request.path, options.baseUrl), {
        method: request.method,
        signal,
        redirect: 'error',
        headers: {
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
          ...(request.traceparent !== undefined && { traceparent: request.traceparent }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      });
      const text = await readBounded(response, maxBytes, where);
      if (!response.ok) throw failureOf(response.status, where);
      return parse(shape, text, where);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof SourceRefusedError || error instanceof SourceProtocolError) throw error;
      if (error instanceof SourceUnavailableError) throw error;
      throw new SourceUnavailableError(`${where}: ${timeout.aborted ? 'no answer in time' : 'no connection'}`);
    }
  }

  return {
    changes: (record, page, signal) =>
      call(changePage, {
        method: 'GET',
        path: `/changes?${query({ record, ...pageQuery(page) })}`,
        waitSeconds: page.waitSeconds,
        signal,
      }),
    lookUp: (record, key, signal) =>
      call(foundRecord, {
        method: 'POST',
        path: `/records/${encodeURIComponent(record)}/lookup`,
        body: { key },
        signal,
      }).catch((error: unknown) => {
        if (error instanceof SourceRefusedError && error.status === 404) return undefined;
        throw error;
      }),
    counts: (signal) => call(sourceCounts, { method: 'GET', path: '/counts', signal }),
    requestCorrection: (order, signal, parent) =>
      tracing().run('POST /corrections', { parent, kind: 'client', attributes: sending }, ({ traceparent }) =>
        call(correctionState, { method: 'POST', path: '/corrections', body: order, signal, traceparent }),
      ),
    decisions: (page, signal) =>
      call(decisionPage, {
        method: 'GET',
        path: `/decisions?${query(pageQuery(page))}`,
        waitSeconds: page.waitSeconds,
        signal,
      }),
  };
}

interface Shape<T> {
  Check(value: unknown): value is T;
}

function parse<T>(shape: Shape<T>, text: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SourceProtocolError(`${where}: the answer is not JSON`);
  }
  if (!shape.Check(value)) throw new SourceProtocolError(`${where}: the answer is not of the protocol`);
  return value;
}

async function readBounded(response: Response, maxBytes: number, where: string): Promise<string> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new SourceProtocolError(`${where}: the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** 408, 425, 429 and all of 5xx pass; the rest of 4xx stays. */
function failureOf(status: number, where: string): Error {
  const passes = status >= 500 || status === 408 || status === 425 || status === 429;
  return passes
    ? new SourceUnavailableError(`${where}: status ${status}`)
    : new SourceRefusedError(`${where}: status ${status}`, status);
}

function pageQuery(page: PageRequest): Record<string, string | undefined> {
  const wait = page.waitSeconds === undefined || page.waitSeconds === 0 ? undefined : String(page.waitSeconds);
  return { since: page.since, limit: String(page.limit), wait };
}

function query(values: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) parameters.set(name, value);
  return parameters.toString();
}
