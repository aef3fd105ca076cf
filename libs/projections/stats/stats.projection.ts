import {
  DeadLetterRetried,
  DeadLetterSetAside,
  IntakeFinished,
  IntakeStarted,
  MessageDeadLettered,
  QuarantineResolved,
  RECORD_CHANGES,
  RecordQuarantined,
  recordEventType,
} from '#contracts/events';
import { RECORD_TYPES, REGISTRY_OF } from '#contracts/records';
import type { RecordedEvent } from '#libs/event-store/port';
import type { Fold, Projection, ViewDatabase } from '../engine/index.ts';
import { openCounts, streamKey } from '../shared/index.ts';

const TABLES = `
  CREATE TABLE event_types (type TEXT PRIMARY KEY, events INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE records (record TEXT PRIMARY KEY, present INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE origins (record TEXT, source TEXT, records INTEGER NOT NULL, PRIMARY KEY (record, source)) WITHOUT ROWID;
  CREATE TABLE withdrawn (stream BLOB PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE intakes (
    intake_id TEXT PRIMARY KEY,
    registry TEXT NOT NULL,
    record TEXT NOT NULL,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT,
    counts TEXT
  ) WITHOUT ROWID;
  CREATE TABLE quarantined (quarantine_id TEXT PRIMARY KEY, record TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE feed_quarantine (record TEXT PRIMARY KEY, resolved INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE dead_messages (stream TEXT, message_id TEXT, PRIMARY KEY (stream, message_id)) WITHOUT ROWID;`;

/** What the log holds, counted: events by type, records that are present, intakes, open quarantine and dead letters. */
export const statsProjection: Projection = { name: 'stats', version: 3, tables: TABLES, open };

/** Record type of each record event's type. */
const RECORD_OF = new Map<string, string>(
  RECORD_TYPES.flatMap((record) =>
    RECORD_CHANGES.map((change): [string, string] => [recordEventType(REGISTRY_OF[record], record, change), record]),
  ),
);

function open(db: ViewDatabase): Fold {
  const types = openCounts<string>();
  const present = openCounts<string>();
  const origins = openCounts<string>();
  const addType = db.prepare(`INSERT INTO event_types VALUES (?, ?)
    ON CONFLICT DO UPDATE SET events = events + excluded.events`);
  const addPresent = db.prepare(`INSERT INTO records VALUES (?, ?)
    ON CONFLICT DO UPDATE SET present = present + excluded.present`);
  const addOrigin = db.prepare(`INSERT INTO origins VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET records = records + excluded.records`);
  const findWithdrawn = db.prepare('SELECT 1 FROM withdrawn WHERE stream = ?');
  const addWithdrawn = db.prepare('INSERT INTO withdrawn VALUES (?, ?)');
  const removeWithdrawn = db.prepare('DELETE FROM withdrawn WHERE stream = ?');

  /** A late version is not the current one: it neither withdraws a record nor brings it back. */
  function countRecord(record: string, { stream, streamVersion, data }: RecordedEvent): void {
    if (streamVersion === 0) origins.add(`${record} ${sourceKind(data)}`, 1);
    if (data['late'] === true) return;
    const gone = data['withdrawn'] === true;
    const key = streamKey(stream);
    const wasGone = streamVersion > 0 && findWithdrawn.get(key) !== undefined;
    if (gone && !wasGone) addWithdrawn.run(key, record);
    if (!gone && wasGone) removeWithdrawn.run(key);
    const wasThere = streamVersion > 0 && !wasGone;
    if (gone === wasThere) present.add(record, gone ? -1 : 1);
  }

  const others = foldsOf(db);
  return (events) => {
    for (const event of events) {
      types.add(event.type, 1);
      const record = RECORD_OF.get(event.type);
      if (record !== undefined) countRecord(record, event);
      else others.get(event.type)?.(event);
    }
    types.drain((type, by) => addType.run(type, by));
    present.drain((record, by) => addPresent.run(record, by));
    origins.drain((key, by) => addOrigin.run(...splitKey(key), by));
  };
}

function sourceKind({ source }: RecordedEvent['data']): string {
  const isSource = typeof source === 'object' && source !== null && 'kind' in source;
  return isSource && typeof source.kind === 'string' ? source.kind : 'unknown';
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function splitKey(key: string): [string, string] {
  const [record = '', source = ''] = key.split(' ');
  return [record, source];
}

/** What the events of intakes, of the quarantine and of dead letters do. */
function foldsOf(db: ViewDatabase): ReadonlyMap<string, (event: RecordedEvent) => void> {
  const text = (event: RecordedEvent, field: string): string => {
    const value = event.data[field];
    if (typeof value !== 'string') throw new TypeError(`${event.type} lacks ${field}`);
    return value;
  };
  const begin = db.prepare(`INSERT INTO intakes VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL) ON CONFLICT DO NOTHING`);
  const finish = db.prepare('UPDATE intakes SET finished_at = ?, outcome = ?, counts = ? WHERE intake_id = ?');
  // An intake that was not framed is one of the feed: files always are.
  const quarantine = db.prepare(`INSERT INTO quarantined VALUES
    (?1, ?2, coalesce((SELECT source FROM intakes WHERE intake_id = ?3), 'feed')) ON CONFLICT DO NOTHING`);
  const resolve = db.prepare('DELETE FROM quarantined WHERE quarantine_id = ? RETURNING record, source');
  const resolveOfFeed = db.prepare(`INSERT INTO feed_quarantine VALUES (?, 1)
    ON CONFLICT DO UPDATE SET resolved = resolved + 1`);
  const deadLetter = db.prepare('INSERT INTO dead_messages VALUES (?, ?) ON CONFLICT DO NOTHING');
  const revive = db.prepare('DELETE FROM dead_messages WHERE stream = ? AND message_id = ?');

  return new Map<string, (event: RecordedEvent) => void>([
    [
      IntakeStarted.type,
      (event) =>
        void begin.run(
          text(event, 'intakeId'),
          text(event, 'registry'),
          text(event, 'record'),
          text(event, 'source'),
          event.occurredAt,
        ),
    ],
    [
      IntakeFinished.type,
      (event) =>
        void finish.run(
          event.occurredAt,
          text(event, 'outcome'),
          JSON.stringify(event.data['counts'] ?? {}),
          text(event, 'intakeId'),
        ),
    ],
    [
      RecordQuarantined.type,
      (event) =>
        void quarantine.run(text(event, 'quarantineId'), text(event, 'record'), textOrNull(event.data['intakeId'])),
    ],
    [
      QuarantineResolved.type,
      (event) => {
        const resolved = resolve.get(text(event, 'quarantineId'));
        if (resolved?.['source'] === 'feed') resolveOfFeed.run(String(resolved['record']));
      },
    ],
    [MessageDeadLettered.type, (event) => void deadLetter.run(event.stream, messageOf(event))],
    [DeadLetterRetried.type, (event) => void revive.run(event.stream, text(event, 'messageId'))],
    [DeadLetterSetAside.type, (event) => void revive.run(event.stream, text(event, 'messageId'))],
  ]);
}

function messageOf({ data }: RecordedEvent): string {
  const message = data['message'];
  if (typeof message !== 'object' || message === null || !('id' in message) || typeof message.id !== 'string') {
    throw new TypeError('a dead letter lacks its message');
  }
  return message.id;
}
