import Fastify from 'fastify';
import { systemClock, type Clock } from '#libs/platform';
import { tracing, type Traceparent } from '#libs/telemetry';
import type { SourceCounts } from '../source/index.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { DEFAULT_BEHAVIOUR, misbehave, type SourceBehaviour } from './behaviour.ts';
import { toCursor } from './cursors.ts';
import { createOfficer, DEFAULT_OFFICER, type OfficerSettings } from './officer.ts';
import { createRandom } from './random.ts';
import { addRoutes } from './routes.ts';
import { openSourceStorage } from './source-storage.ts';
import { traceRequests } from './tracing.ts';
import { createWaitingRoom } from './waiting-room.ts';

export type SourceSettings = SourceBehaviour & OfficerSettings;

export interface MockSourceOptions {
  readonly recordTypes: readonly string[];
  /** File of its own storage, such as `sources/residents.sqlite`; `:memory:` keeps everything in memory. */
  readonly file: string;
  /** The key of a record's content as the hub writes it; undefined for a content without a usable one. */
  readonly keyOf: (record: string, content: unknown) => string | undefined;
  readonly settings?: Partial<SourceSettings>;
  /** Decides what fails and what the officer does with which request; default 1. */
  readonly seed?: number;
  readonly clock?: Clock;
}

/** An HTTP service that stands for one registry, with its own storage. */
export interface MockSource {
  /** Takes records in, batch by batch; one that is there with the same content changes nothing. Returns how many changed. */
  load(record: string, batches: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>): Promise<number>;
  /** True once `load` has come to its end for this record type, in this run or an earlier one. */
  isLoaded(record: string): boolean;
  /**
   * Changes one record at the source, and returns the change's cursor; undefined when the content was the very same. The change belongs to
   * the trace that is named, or begins one.
   */
  put(record: string, content: unknown, traceparent?: Traceparent): string | undefined;
  counts(): SourceCounts;
  /** Changes settings of the running source. */
  set(settings: Partial<SourceSettings>): void;
  /** Starts to listen and returns its address. */
  listen(at?: { readonly host?: string; readonly port?: number }): Promise<string>;
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 1024 * 1024;

export function openMockSource(options: MockSourceOptions): MockSource {
  const { keyOf, seed = 1, clock = systemClock } = options;
  const storage = openSourceStorage(options.file, options.recordTypes);
  const waitingRoom = createWaitingRoom();
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false } },
  });
  let settings: SourceSettings = { ...DEFAULT_BEHAVIOUR, ...DEFAULT_OFFICER, ...options.settings };
  const officer = createOfficer(storage, () => settings, keyOf, clock, seed);
  let officerTimer: NodeJS.Timeout | undefined;

  function callOfficer(): void {
    clearTimeout(officerTimer);
    const due = storage.corrections.nextDue();
    if (due === undefined) return;
    officerTimer = setTimeout(
      () => {
        if (officer.work() > 0) waitingRoom.wake();
        callOfficer();
      },
      Math.max(1, due - clock()),
    );
    officerTimer.unref();
  }

  function recordsOf(record: string): NonNullable<ReturnType<typeof storage.records>> {
    const records = storage.records(record);
    if (records === undefined) throw new TypeError(`The source keeps no records of type ${record}`);
    return records;
  }

  function putOne(record: string, content: unknown, traceparent?: Traceparent): number | undefined {
    const withdrawn = typeof content === 'object' && content !== null && 'withdrawn' in content;
    return recordsOf(record).put(
      keyOf(record, content),
      JSON.stringify(content),
      withdrawn && content.withdrawn === true,
      traceparent,
    );
  }

  const source: MockSource = {
    async load(record, batches) {
      let changed = 0;
      for await (const batch of batches) {
        changed += storage.transaction(() => batch.filter((content) => putOne(record, content) !== undefined).length);
        waitingRoom.wake();
      }
      storage.markLoaded(record);
      return changed;
    },
    isLoaded: (record) => storage.isLoaded(record),
    put(record, content, traceparent) {
      const span = tracing().start(`change ${record}`, { parent: traceparent });
      const sequence = storage.transaction(() => putOne(record, content, span.traceparent));
      if (sequence === undefined) return undefined;
      span.end();
      waitingRoom.wake();
      return toCursor(sequence);
    },
    counts: () => ({
      records: Object.fromEntries(storage.recordTypes.map((record) => [record, recordsOf(record).counts()])),
    }),
    set(patch) {
      settings = { ...settings, ...patch };
    },
    async listen({ host = '127.0.0.1', port = 0 } = {}) {
      callOfficer();
      return app.listen({ host, port });
    },
    async close() {
      clearTimeout(officerTimer);
      waitingRoom.wake();
      await app.close();
      storage.close();
    },
  };

  void app.register(async (front) => {
    traceRequests(front);
    misbehave(front, () => settings, createRandom(seed));
    addRoutes(front, {
      storage,
      waitingRoom,
      takeCorrection(order, traceparent) {
        const dueAt = clock() + settings.delayMilliseconds;
        storage.corrections.add(order.requestId, JSON.stringify(order), dueAt, traceparent);
        callOfficer();
      },
    });
  });
  void app.register(async (back) => {
    traceRequests(back);
    addAdminRoutes(back, {
      change(patch) {
        source.set(patch);
        return settings;
      },
      put: (record, content, traceparent) => source.put(record, content, traceparent),
      keeps: (record) => storage.records(record) !== undefined,
    });
  });
  return source;
}
