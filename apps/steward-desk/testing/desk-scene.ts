import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { QueueResult } from '#contracts/http';
import { newId } from '#libs/platform';
import { queueProjection, runProjections, statsProjection, verdictsProjection } from '#libs/projections';
import { RulesRefusedError } from '#libs/rules';
import { openSmallHub, type SmallHub } from '#tests/support';
import {
  createDeskServer,
  DEFAULT_DESK_SETTINGS,
  ImportRefusedError,
  type DeskSettings,
  type ImportRequest,
  type RequestFailure,
  type StewardDeskDeps,
} from '../index.ts';

/** What a request was answered with. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Asked {
  readonly body?: unknown;
  readonly actor?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A desk on a real server, a real log, a real linker and real views. */
export interface DeskScene {
  readonly hub: SmallHub;
  readonly deps: StewardDeskDeps;
  readonly address: string;
  readonly failures: readonly RequestFailure[];
  /** Files that were handed in, with what was in them. */
  readonly uploads: readonly { readonly request: ImportRequest; readonly content: string }[];
  readonly time: { now: number };
  get(path: string, asked?: Omit<Asked, 'body'>): Promise<Answered>;
  post(path: string, asked?: Asked): Promise<Answered>;
  /** Judges and folds everything that is in the log. */
  catchUp(): Promise<void>;
  /** The queue without a filter. */
  queue(): Promise<QueueResult>;
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly settings?: Partial<DeskSettings>;
  readonly deps?: (deps: StewardDeskDeps) => Partial<StewardDeskDeps>;
}

const PATIENCE_MILLISECONDS = 5_000;
export const NOON = Date.parse('2026-11-23T05:00:00Z');

export async function openDesk({ settings, deps: change }: SceneOptions = {}): Promise<DeskScene> {
  const time = { now: NOON };
  const hub = await openSmallHub({ now: () => time.now });
  const views = await mkdtemp(join(tmpdir(), 'khop-desk-'));
  const { store, hash } = hub;
  const projections = await runProjections({
    store,
    directory: views,
    projections: [queueProjection, verdictsProjection, statsProjection],
  });
  const failures: RequestFailure[] = [];
  const uploads: { request: ImportRequest; content: string }[] = [];
  const plain: StewardDeskDeps = {
    store,
    hash,
    views,
    newId,
    clock: () => time.now,
    settings: { ...DEFAULT_DESK_SETTINGS, ...settings },
    onFailure: (failure) => failures.push(failure),
    operations: {
      linking: () => ({ position: 0, caughtUp: true }),
      feeds: async () => [],
      viewsStatus: () => projections.status(),
      viewsCaughtUpTo: (position, timeout) => projections.caughtUpTo(position, timeout),
      deadLetters: async () => [],
      retryDeadLetter: async () => undefined,
      setAsideDeadLetter: async () => undefined,
      retryViewDeadLetters: (view, stream) => projections.retryDeadLetters(view, stream),
      setAsideViewDeadLetter: (view, event, reason) => projections.setAsideDeadLetter(view, event, reason),
    },
    imports: {
      async start(request) {
        if (request.record === undefined)
          throw new ImportRefusedError('record-type-unknown', 'Say which record it is.');
        uploads.push({ request, content: await text(request.stream) });
        return { importId: 'import-1' };
      },
      get: async () => undefined,
      list: async () => [],
    },
    rules: {
      list: async () => ({ active: null, activations: [], versions: [], rejudging: null }),
      startDryRun: async () => ({ dryRunId: 'dry-run-1' }),
      getDryRun: () => undefined,
      activate: () => Promise.reject(new RulesRefusedError('dry-run-not-found')),
    },
  };
  const deps = { ...plain, ...change?.(plain) };
  const server = await createDeskServer(deps, { host: '127.0.0.1', port: 0 });

  async function ask(method: string, path: string, { body, actor, headers = {} }: Asked): Promise<Answered> {
    const response = await fetch(new URL(path, server.address), {
      method,
      headers: {
        ...(actor !== undefined && { 'khop-actor': encodeURIComponent(actor) }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = await response.text();
    const parsed = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body: parsed };
  }

  return {
    hub,
    deps,
    failures,
    uploads,
    time,
    address: server.address,
    get: (path, asked = {}) => ask('GET', path, asked),
    post: (path, asked = {}) => ask('POST', path, asked),
    async catchUp() {
      await hub.catchUp();
      if (!(await projections.caughtUpTo(await store.head(), PATIENCE_MILLISECONDS))) {
        throw new Error('the views did not catch up');
      }
    },
    async queue() {
      const { body } = await ask('POST', '/api/v1/queue/search', { body: {} });
      return body as unknown as QueueResult;
    },
    async close() {
      await server.close();
      await projections.close();
      await hub.close();
      await rm(views, { recursive: true, force: true });
    },
  };
}
