import type { DatabaseSync } from 'node:sqlite';
import type { AppendRefused, AppendResult, Position } from '../port/index.ts';
import type { Dictionary } from './dictionary.ts';
import type { EncodedAppend, EncodedEvent } from './event.codec.ts';
import type { LogHead } from './head.ts';
import type { Settings } from './settings.ts';
import { START } from '../port/index.ts';
import { commitmentOf, decideAppend, saltSource } from '../common/index.ts';
import { bytesOf, mostBytes } from './event.codec.ts';
import { nextHash } from './running-hash.ts';

/** Appends within a transaction that its caller has begun and will end. */
export interface AppendTransaction {
  /** `now`: milliseconds since 1970, the time at which all of its events are recorded. */
  begin(now: number): void;
  append(append: EncodedAppend): AppendResult;
  /** How many events were written since `begin`. */
  readonly written: number;
}

/** A stream as the transaction has made it so far; without an id it has no events. */
interface OpenStream {
  id: number | undefined;
  version: number;
}

export function openTransaction(
  db: DatabaseSync,
  dictionary: Dictionary,
  head: LogHead,
  settings: Settings,
): AppendTransaction {
  const lastVersion = db.prepare('SELECT max(version) AS version FROM events WHERE stream_id = ?');
  const eventIds = db.prepare(
    "SELECT body ->> '$[0]' AS id FROM events WHERE stream_id = ? AND version BETWEEN ? AND ? ORDER BY version",
  );
  const positionOf = db.prepare('SELECT position FROM events WHERE stream_id = ? AND version = ?');
  const insertEvent = db.prepare(
    'INSERT INTO events (position, stream_id, version, type_id, recorded_at, commitment, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPersonal = db.prepare('INSERT INTO personal (position, salt, body) VALUES (?, ?, CAST(? AS TEXT))');
  const nextSalt = saltSource();

  const streams = new Map<string, OpenStream>();
  let position: Position = START;
  let hash = '';
  let now = 0;
  let written = 0;

  function openStream(name: string): OpenStream {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const id = dictionary.findStream(name);
    const version = id === undefined ? undefined : lastVersion.get(id)?.['version'];
    const stream = { id, version: typeof version === 'number' ? version : -1 };
    streams.set(name, stream);
    return stream;
  }

  function decide({ expected, events }: EncodedAppend, { id, version }: OpenStream) {
    const ids = events.map((event) => event.id);
    const idsBetween = (first: number, last: number): readonly string[] =>
      id === undefined ? [] : eventIds.all(id, first, last).map((row) => String(row['id']));
    return decideAppend(expected, ids, { version, idsBetween }, settings.idLookbackEvents);
  }

  function write(append: EncodedAppend, stream: OpenStream): void {
    const id = (stream.id ??= dictionary.addStream(append.stream));
    for (const event of append.events) {
      stream.version += 1;
      writeEvent(append.stream, id, stream.version, event);
    }
  }

  function writeEvent(stream: string, streamId: number, version: number, event: EncodedEvent): void {
    settings.faults.write?.();
    const { type, body, personal } = event;
    position += 1;
    let commitment: string | null = null;
    if (personal !== null) {
      const salt = nextSalt();
      commitment = commitmentOf(salt, personal);
      insertPersonal.run(position, salt, personal);
    }
    hash = nextHash(hash, { position, stream, version, type, recordedAt: now, body, commitment });
    const typeId = dictionary.findType(type) ?? dictionary.addType(type);
    insertEvent.run(position, streamId, version, typeId, now, commitment, hash, body);
    written += 1;
  }

  return {
    begin(time) {
      ({ position, hash } = head.end());
      now = time;
      written = 0;
      streams.clear();
    },
    append(append) {
      const refusal = refuseTooLarge(append, settings);
      if (refusal !== undefined) return refusal;
      const stream = openStream(append.stream);
      const decision = decide(append, stream);
      switch (decision.kind) {
        case 'write':
          write(append, stream);
          return { ok: true, streamVersion: stream.version, position, repeated: false };
        case 'nothing':
          return { ok: true, streamVersion: stream.version, position, repeated: false };
        case 'repeated': {
          const row = positionOf.get(stream.id ?? null, decision.version);
          return {
            ok: true,
            streamVersion: decision.version,
            position: Number(row?.['position']),
            repeated: true,
          };
        }
        case 'refused':
          return decision.refusal;
      }
    },
    get written() {
      return written;
    },
  };
}

function refuseTooLarge({ events }: EncodedAppend, settings: Settings): AppendRefused | undefined {
  // The exact size costs a look at each character, and only large events need it.
  let most = 0;
  for (const event of events) most += mostBytes(event);
  if (most <= Math.min(settings.maxEventBytes, settings.maxAppendBytes)) return undefined;
  let total = 0;
  for (const event of events) {
    const bytes = bytesOf(event);
    if (bytes > settings.maxEventBytes) return tooLarge(settings.maxEventBytes, bytes);
    total += bytes;
  }
  return total > settings.maxAppendBytes ? tooLarge(settings.maxAppendBytes, total) : undefined;
}

function tooLarge(limitBytes: number, actualBytes: number): AppendRefused {
  return { ok: false, code: 'too-large', limitBytes, actualBytes };
}
