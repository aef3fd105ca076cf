import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  EventFilter,
  Page,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  VersionPlace,
} from '../port/index.ts';
import type { Dictionary } from './dictionary.ts';
import type { LogHead } from './head.ts';
import type { Settings } from './settings.ts';
import { START } from '../port/index.ts';
import { decodeEvent, EVENT_COLUMNS } from './event.codec.ts';

/** Reads through one connection; every call is short and throws when busy. */
export interface LogReader {
  readStream(stream: string, options: ReadStreamOptions): readonly RecordedEvent[];
  readVersions(places: readonly VersionPlace[]): readonly (RecordedEvent | undefined)[];
  readAll(options: ReadAllOptions): Page;
}

const FROM_EVENTS = `FROM events e CROSS JOIN streams s ON s.id = e.stream_id
  LEFT JOIN personal p ON p.position = e.position`;
/** Reading a personal part and parsing it costs more than all the rest of an event. */
const PERSONAL_OF = 'AND (? IS NULL OR e.type_id IN (SELECT value FROM json_each(?)))';
const DEFAULT_LIMIT = 1_000;
const MAX_STREAM_EVENTS = 1_000;
const LAST_CHARACTER = '\u{10ffff}';

export function openReader(db: DatabaseSync, dictionary: Dictionary, head: LogHead, settings: Settings): LogReader {
  const forwards = prepare(`e.stream_id = ? AND e.version >= ? ORDER BY e.version LIMIT ?`);
  const backwards = prepare(`e.stream_id = ? AND e.version <= ? ORDER BY e.version DESC LIMIT ?`);
  const one = prepare('e.stream_id = ? AND e.version = ?');
  const at = prepare('e.position = ?');
  const everything = prepare('e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?', PERSONAL_OF);
  const filtered = new Map<number, StatementSync>();

  const typeName = (id: number): string => dictionary.typeName(id);

  function prepare(where: string, personalOf = ''): StatementSync {
    const statement = db.prepare(`SELECT ${EVENT_COLUMNS} ${FROM_EVENTS} ${personalOf} WHERE ${where}`);
    statement.setReturnArrays(true);
    return statement;
  }

  function decode(rows: readonly unknown[]): RecordedEvent[] {
    return rows.map((row) => decodeEvent(Array.isArray(row) ? row : [], typeName));
  }

  function readVersion({ stream, version, position }: VersionPlace): RecordedEvent | undefined {
    const there: unknown = position === undefined ? undefined : at.get(position);
    if (isVersion(there, stream, version)) return decodeEvent(there, typeName);
    const id = dictionary.findStream(stream);
    const row: unknown = id === undefined ? undefined : one.get(id, version);
    return Array.isArray(row) ? decodeEvent(row, typeName) : undefined;
  }

  /** The numbers of types, as a parameter; null stands for all of them. */
  function typesParameter(names: readonly string[] | undefined): string | null {
    return names === undefined ? null : JSON.stringify(names.flatMap((name) => dictionary.findType(name) ?? []));
  }

  function readFiltered(
    filter: EventFilter,
    personalOf: string | null,
    after: Position,
    upTo: Position,
    limit: number,
  ): RecordedEvent[] {
    const types = typesParameter(filter.types);
    const prefixes = filter.streamPrefixes ?? [];
    if (types === '[]' || (filter.streamPrefixes !== undefined && prefixes.length === 0)) return [];
    const shape = prefixes.length;
    const statement = filtered.get(shape) ?? prepare(filteredWhere(shape), PERSONAL_OF);
    filtered.set(shape, statement);
    const prefixParameters = prefixes.flatMap((prefix) => [prefix, `${prefix}${LAST_CHARACTER}`]);
    return decode(statement.all(personalOf, personalOf, after, upTo, types, types, ...prefixParameters, limit));
  }

  return {
    readStream(stream, { from, direction = 'forwards', limit = MAX_STREAM_EVENTS }) {
      const id = dictionary.findStream(stream);
      if (id === undefined) return [];
      const bounded = boundedLimit(limit, MAX_STREAM_EVENTS);
      if (direction === 'forwards') return decode(forwards.all(id, from ?? 0, bounded));
      return decode(backwards.all(id, from ?? Number.MAX_SAFE_INTEGER, bounded));
    },
    readVersions(places) {
      // One transaction for all: each query by itself would take and release the read lock, which costs more than the query.
      db.exec('BEGIN');
      try {
        return places.map(readVersion);
      } finally {
        db.exec('ROLLBACK');
      }
    },
    readAll({ after = START, filter, personalOf, limit = DEFAULT_LIMIT }) {
      const bounded = boundedLimit(limit, settings.maxPageEvents);
      const last = head.position();
      if (after >= last) return { events: [], position: after, end: true };
      const upTo = filter === undefined ? last : Math.min(last, after + settings.scanEvents);
      const personal = typesParameter(personalOf);
      const events =
        filter === undefined
          ? decode(everything.all(personal, personal, after, upTo, bounded))
          : readFiltered(filter, personal, after, upTo, bounded);
      const position = events.length < bounded ? upTo : (events.at(-1)?.position ?? after);
      return { events, position, end: position >= last };
    },
  };
}

/** Whether a row of `EVENT_COLUMNS` is this version of this stream. */
function isVersion(row: unknown, stream: string, version: number): row is readonly unknown[] {
  return Array.isArray(row) && row[1] === stream && row[2] === version;
}

function boundedLimit(limit: number, bound: number): number {
  return Math.max(0, Math.min(Math.trunc(limit), bound));
}

/** The type is looked at first: it stands before the body in the row, so that most rows are left without reading on. */
function filteredWhere(prefixes: number): string {
  const prefix = Array.from({ length: prefixes }, () => '(s.name >= ? AND s.name < ?)').join(' OR ');
  return `e.position > ? AND e.position <= ?
    AND (? IS NULL OR e.type_id IN (SELECT value FROM json_each(?)))
    ${prefixes === 0 ? '' : `AND (${prefix})`}
    ORDER BY e.position LIMIT ?`;
}
