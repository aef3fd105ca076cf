import type { DatabaseSync } from 'node:sqlite';
import type { Dictionary } from './dictionary.ts';
import type { LogHead } from './head.ts';
import type { EncodedAppend, EncodedEvent } from './event.codec.ts';
import type { AppendResult, LogPoint } from '../port/index.ts';
import type { Settings } from './settings.ts';
import { randomBytes } from 'node:crypto';
import { decideAppend } from './append.decision.ts';
import { commitmentOf, nextHash } from './running-hash.ts';

/** Appends within a transaction that its caller has begun and will end. */
export interface AppendTransaction {
  /** The head at the beginning, and how much was written since. */
  begin(now: number): void;
  append(append: EncodedAppend): AppendResult;
  readonly written: number;
}

const SALT_CHARACTERS = 22;
const SALTS_AT_ONCE = 1_000;

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
  const insertPersonal = db.prepare('INSERT INTO personal (position, salt, body) VALUES (?, ?, ?)');

  const nextSalt = saltSource();
  const versions = new Map<string, number>();
  let position = 0;
  let hash = '';
  let now = 0;
  let written = 0;

  function versionOf(stream: string): number {
    const known = versions.get(stream);
    if (known !== undefined) return known;
    const id = dictionary.findStream(stream);
    const version = id === undefined ? undefined : lastVersion.get(id)?.['version'];
    return typeof version === 'number' ? version : -1;
  }

  function idsBetween(stream: string, first: number, last: number): readonly string[] {
    const id = dictionary.findStream(stream);
    return id === undefined ? [] : eventIds.all(id, first, last).map((row) => String(row['id']));
  }

  function write(append: EncodedAppend, version: number): AppendResult {
    const streamId = dictionary.findStream(append.stream) ?? dictionary.addStream(append.stream);
    let streamVersion = version;
    for (const event of append.events) writeEvent(append.stream, streamId, ++streamVersion, event);
    versions.set(append.stream, streamVersion);
    return { ok: true, streamVersion, position, repeated: false };
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
      const start: LogPoint | undefined = head.point();
      position = start?.position ?? 0;
      hash = start?.hash ?? '';
      now = time;
      written = 0;
      versions.clear();
    },
    append(append) {
      const tooLarge = refuseTooLarge(append, settings);
      if (tooLarge !== undefined) return tooLarge;
      const version = versionOf(append.stream);
      const decision = decideAppend(
        append.expected,
        append.events.map((event) => event.id),
        { version, idsBetween: (first, last) => idsBetween(append.stream, first, last) },
        settings.idLookbackEvents,
      );
      switch (decision.kind) {
        case 'write':
          return write(append, version);
        case 'nothing':
          return { ok: true, streamVersion: version, position, repeated: false };
        case 'repeated': {
          const id = dictionary.findStream(append.stream) ?? 0;
          const there = Number(positionOf.get(id, decision.version)?.['position']);
          return { ok: true, streamVersion: decision.version, position: there, repeated: true };
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

function refuseTooLarge(append: EncodedAppend, settings: Settings): AppendResult | undefined {
  let total = 0;
  for (const { bytes } of append.events) {
    if (bytes > settings.maxEventBytes) return tooLarge(settings.maxEventBytes, bytes);
    total += bytes;
  }
  return total > settings.maxAppendBytes ? tooLarge(settings.maxAppendBytes, total) : undefined;
}

function tooLarge(limitBytes: number, actualBytes: number): AppendResult {
  return { ok: false, code: 'too-large', limitBytes, actualBytes };
}

/** 128 random bits each, drawn in bulk: one call of the random source costs as much as a hash. */
function saltSource(): () => string {
  let drawn = '';
  let next = 0;
  return () => {
    if (next + SALT_CHARACTERS > drawn.length) {
      drawn = randomBytes(Math.ceil((SALT_CHARACTERS * SALTS_AT_ONCE * 3) / 4)).toString('base64url');
      next = 0;
    }
    const salt = drawn.slice(next, next + SALT_CHARACTERS);
    next += SALT_CHARACTERS;
    return salt;
  };
}
