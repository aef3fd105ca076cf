import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionRequested,
  reconciliationStream,
  recordEventType,
  recordStream,
  VERDICT_NAMES,
  type EventDefinition,
} from '#contracts/events';
import { loadRules } from '#contracts/rules';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import type { DeadLetter, EventBus } from '#libs/event-bus/port';
import type { JsonObject, NewEvent, RecordedEvent } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { createKeyedHash, reconciliationOf } from '#libs/platform';
import { openMockSource, type MockSource, type SourceSettings } from '../../mock-source/index.ts';
import { createSourceClient } from '../../source/index.ts';
import { createAnswerCorrection, startCorrections } from '../index.ts';

export const ENTERPRISE = {
  enterpriseCode: '0100233488',
  name: 'CÔNG TY TNHH MẪU',
  representatives: [
    { fullName: 'Nguyễn Văn Mẫu', documentNumber: '001080000001' },
    { fullName: 'Trần Thị Mậu', documentNumber: '001180000002' },
  ],
};

const hash = createKeyedHash(new Uint8Array(32));
const RECORD = recordStream('enterprise', hash('enterprise', ENTERPRISE.enterpriseCode));
/** The reconciliation of the second representative. */
export const RECONCILIATION = reconciliationStream(
  'legal-representative',
  reconciliationOf(hash, 'legal-representative', RECORD, 'PERSONAL_ID:001180000002'),
);

/** One hub in a directory of its own, with one source and its corrections. */
export interface Scene {
  readonly store: SqliteEventStore;
  source(): MockSource;
  sourceUrl(): string;
  /** Another source stands in for the one so far: it knows nothing of what that was asked. */
  renewSource(): Promise<void>;
  /** Ids of the messages that were handed out. */
  readonly published: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A steward asks for a correction of the second representative. */
  request(requestId: string, proposed: JsonObject): Promise<void>;
  append(stream: string, definition: EventDefinition, data: JsonObject): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  answers(): Promise<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

export async function openScene(settings: Partial<SourceSettings> = {}): Promise<Scene> {
  const directory = mkdtempSync(join(tmpdir(), 'khop-corrections-'));
  const store = await SqliteEventStore.open({ directory });
  const openSource = async () => {
    const opened = openMockSource({
      recordTypes: ['enterprise'],
      file: ':memory:',
      keyOf: () => ENTERPRISE.enterpriseCode,
      settings: { delayMilliseconds: 0, ...settings },
    });
    await opened.load('enterprise', [[ENTERPRISE]]);
    return { source: opened, url: await opened.listen() };
  };
  let current = await openSource();
  const inProcess = new InProcessEventBus({
    deadLetters: await EventStoreDeadLetterStore.open(store),
    settings: { initialBackoffMs: 1, maxAttempts: 3 },
  });
  const published: string[] = [];
  const bus: Pick<EventBus, 'publish' | 'subscribe'> = {
    publish(topic, messages) {
      published.push(...messages.map(({ id }) => id));
      return inProcess.publish(topic, messages);
    },
    subscribe: (options, handler) => inProcess.subscribe(options, handler),
  };
  let running: { stop(): Promise<void> } | undefined;

  const append = async (stream: string, type: string, id: string, data: JsonObject, personal?: JsonObject) => {
    const event: NewEvent = {
      id,
      type,
      schemaVersion: 1,
      occurredAt: '2026-11-22T08:00:00.000Z',
      correlationId: id,
      data,
      personal,
    };
    await store.append([{ stream, expected: 'any', events: [event] }]);
  };
  const answerCorrection = createAnswerCorrection({ store, clock: Date.now }, 'enterprise-registry');

  const version = {
    registry: 'enterprise-registry',
    record: 'enterprise',
    intakeId: 'i',
    late: false,
    withdrawn: false,
  };
  await append(
    RECORD,
    recordEventType('enterprise-registry', 'enterprise', 'registered'),
    'r',
    { ...version, source: { kind: 'feed', cursor: '1' } },
    { key: ENTERPRISE.enterpriseCode, contentHash: 'c', content: ENTERPRISE },
  );
  await append(RECONCILIATION, VERDICT_NAMES['legal-representative'].MISMATCHED, 'v', {
    check: 'legal-representative',
    outcome: 'MISMATCHED',
    codes: ['FIELD_MISMATCH'],
    findings: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
    left: { stream: RECORD, version: 0 },
    right: { stream: 'residents.resident-0', version: 0 },
    rules: loadRules().version,
    rulesHash: 'h',
    asOf: 1,
    valuesHash: 'h',
    ward: null,
  });

  return {
    store,
    source: () => current.source,
    sourceUrl: () => current.url,
    async renewSource() {
      await current.source.close();
      current = await openSource();
    },
    published,
    deadLetters: () => inProcess.deadLetters(),
    async start() {
      const client = createSourceClient({ baseUrl: current.url, timeoutSeconds: 2 });
      running = await startCorrections(
        {
          reader: store,
          hash,
          rules: loadRules,
          bus,
          client,
          answerCorrection,
          random: () => 0,
          onFailure: () => undefined,
        },
        {
          registry: 'enterprise-registry',
          file: join(directory, 'corrections.sqlite'),
          sending: { backoff: { firstMilliseconds: 2, longestMilliseconds: 10 } },
          decisions: { waitSeconds: 1, backoff: { firstMilliseconds: 2, longestMilliseconds: 10 } },
        },
      );
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
    request: (requestId, proposed) =>
      append(
        RECONCILIATION,
        CorrectionRequested.type,
        requestId,
        {
          requestId,
          verdictId: 'v',
          registry: 'enterprise-registry',
          target: { stream: RECORD, version: 0 },
          fields: Object.keys(proposed),
          commandId: requestId,
        },
        { note: 'Theo căn cước', proposed },
      ),
    append: (stream, { type }, data) => append(stream, type, `${type}${JSON.stringify(data)}`.slice(-60), data),
    async answers() {
      const events = await store.readStream(RECONCILIATION);
      return events.filter(({ type }) => type === CorrectionAcknowledged.type || type === CorrectionRefused.type);
    },
    async close() {
      await running?.stop();
      await inProcess.close();
      await current.source.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until something holds, at most five seconds. */
export async function until<T>(look: () => T | Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await look();
    if (holds(value) || tries > 500) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
