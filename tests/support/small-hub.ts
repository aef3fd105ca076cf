import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReconciler } from '#apps/reconciler';
import { DEFAULT_LINKER_SETTINGS, Linker, LINKER_EVENT_TYPES, LinkerIndex, type LinkerSettings } from '#apps/linker';
import { recordEventType, recordStream, RULES_STREAM, RulesActivated } from '#contracts/events';
import { REGISTRY_OF, type RecordContents, type RecordType } from '#contracts/records';
import { loadRules, loadWardsCsv, rulesHash } from '#contracts/rules';
import type { Verdict } from '#contracts/verdicts';
import type { WorkItem } from '#contracts/work';
import { createAdministrativeUnits } from '#libs/domain/identity';
import type { EventStore, JsonObject, NewEvent, RecordedEvent } from '#libs/event-store/port';
import { publishing } from '#libs/event-store/publishing';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { canonicalJson, createKeyedHash, derivedId, newId, type KeyedHash } from '#libs/platform';
import { RecordVersions } from '#libs/record-versions';

const wardsCsv = loadWardsCsv();
const units = createAdministrativeUnits(wardsCsv);
const rules = loadRules();
const hashOfRules = rulesHash(rules, wardsCsv);

/** A log, a linker and a reconciler in one thread, on real files, with a clock that stands still. */
export interface SmallHub {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  readonly index: LinkerIndex;
  /** Puts a version of a record into the log, as an adapter would. */
  record<T extends RecordType>(
    type: T,
    key: string,
    content: RecordContents[T] | 'withdrawn',
    options?: { late?: boolean; traceparent?: string },
  ): Promise<void>;
  /** Folds and judges everything that is in the log; pages are as large as asked for. */
  catchUp(pageEvents?: number): Promise<void>;
  /** The whole log. */
  events(): Promise<readonly RecordedEvent[]>;
  /** The latest verdict of every reconciliation that has not ended, in the order of their first events. */
  verdicts(): Promise<readonly Verdict[]>;
  append(stream: string, event: Pick<NewEvent, 'type' | 'data'> & Partial<NewEvent>): Promise<void>;
  close(): Promise<void>;
}

export interface SmallHubOptions {
  readonly settings?: Partial<LinkerSettings>;
  readonly now?: () => number;
  /** Called before each judgement and before each commit of the index; it may throw, to play a crash there. */
  readonly onStep?: () => void;
  /** Told of each work item before it is judged. */
  readonly onItem?: (item: WorkItem) => void;
}

/** Opens a small hub in a directory of its own under the system's temporary one; `close` removes it. */
export async function openSmallHub(options: SmallHubOptions = {}): Promise<SmallHub> {
  const directory = await mkdtemp(join(tmpdir(), 'khop-small-hub-'));
  const store = publishing(await SqliteEventStore.open({ directory }), 'sqlite');
  const index = LinkerIndex.open(join(directory, 'linker.sqlite'), 4);
  const hash = createKeyedHash(new Uint8Array(32).fill(1));
  const versions = new RecordVersions(store, 1000);
  const clock = options.now ?? (() => Date.parse('2026-11-22T00:00:00Z'));
  const reconcile = createReconciler({
    store,
    versions,
    hash,
    clock,
    units,
    rulesOf: (wanted) => (wanted === hashOfRules ? rules : undefined),
  });

  const deliver = async (items: readonly WorkItem[]): Promise<void> => {
    for (const item of items) {
      options.onStep?.();
      options.onItem?.(item);
      const [outcome] = await reconcile([
        { attempt: 1, message: { id: newId(), key: item.reconciliation, type: 'work-item', data: item } },
      ]);
      if (outcome?.kind !== 'done') throw new Error(`work item not done: ${outcome?.reason ?? 'no outcome'}`);
    }
    options.onStep?.();
  };
  const settings = { ...DEFAULT_LINKER_SETTINGS, ...options.settings };
  const linker = new Linker({ store, index, versions, hash, clock, settings, rulesHash: hashOfRules, deliver });

  const append = async (stream: string, event: Pick<NewEvent, 'type' | 'data'> & Partial<NewEvent>): Promise<void> => {
    const id = newId();
    const [result] = await store.append([
      {
        stream,
        expected: 'any',
        events: [{ id, schemaVersion: 1, occurredAt: '2026-11-22T00:00:00.000Z', correlationId: id, ...event }],
      },
    ]);
    if (result?.ok !== true) throw new Error('not appended');
  };
  const readAll = async (): Promise<readonly RecordedEvent[]> => (await store.readAll({ limit: 10_000 })).events;

  const catchUp = async (pageEvents = 100): Promise<void> => {
    let position = await linker.position();
    for (;;) {
      const page = await store.readAll({ after: position, filter: { types: LINKER_EVENT_TYPES }, limit: pageEvents });
      if (page.position > position) await linker.handle(page);
      position = page.position;
      if (!page.end) continue;
      while (await linker.handleDueLater());
      const next = await store.readAll({ after: position, filter: { types: LINKER_EVENT_TYPES }, limit: 1 });
      if (next.events.length === 0) return;
    }
  };
  // A hub is there before the records are: what comes from now on is judged as it comes.
  await append(RULES_STREAM, {
    type: RulesActivated.type,
    schemaVersion: RulesActivated.schemaVersion,
    data: { version: rules.version, hash: hashOfRules, tables: [units.version] },
  });
  await catchUp();

  return {
    store,
    hash,
    index,
    append,
    catchUp,
    events: readAll,
    async record(type, key, content, { late = false, traceparent } = {}) {
      const registry = REGISTRY_OF[type];
      const stream = recordStream(type, hash(registry, type, key));
      const first = (await store.readStream(stream, { limit: 1 })).length === 0;
      const withdrawn = content === 'withdrawn';
      await append(stream, {
        type: recordEventType(registry, type, withdrawn ? 'withdrawn' : first ? 'registered' : 'amended'),
        traceparent,
        data: { registry, record: type, intakeId: 'test', source: { kind: 'file', line: 1 }, late, withdrawn },
        personal: {
          key,
          contentHash: derivedId(canonicalJson(content)),
          content: withdrawn ? {} : (JSON.parse(JSON.stringify(content)) as JsonObject),
        },
      });
    },
    async verdicts() {
      const latest = new Map<string, Verdict>();
      for (const event of await readAll()) {
        if (!event.stream.startsWith('reconciliation.')) continue;
        if (event.type.includes('reconciliation-ended')) latest.delete(event.stream);
        else if ('outcome' in event.data) latest.set(event.stream, event.data as unknown as Verdict);
      }
      return [...latest.values()].filter(
        (verdict) => verdict.check !== 'duplicate' || verdict.outcome === 'MISMATCHED',
      );
    },
    async close() {
      index.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
