import type { DatabaseSync } from 'node:sqlite';
import { LogDamagedError } from '../port/index.ts';
import { streamKey } from './stream-key.ts';

/** Numbers for the names of streams and event types, as one connection sees them. */
export interface Dictionary {
  findStream(name: string): number | undefined;
  addStream(name: string): number;
  findType(name: string): number | undefined;
  addType(name: string): number;
  typeName(id: number): string;
  /** After a rollback: what was added in the transaction is not there. */
  forget(): void;
}

const STREAMS_KEPT = 50_000;

export function openDictionary(db: DatabaseSync): Dictionary {
  const streamsByKey = db.prepare('SELECT id, name FROM streams WHERE key = ?');
  streamsByKey.setReturnArrays(true);
  const insertStream = db.prepare('INSERT INTO streams (key, name) VALUES (?, ?)');
  const typeByName = db.prepare('SELECT id FROM types WHERE name = ?');
  const typeById = db.prepare('SELECT name FROM types WHERE id = ?');
  const insertType = db.prepare('INSERT INTO types (name) VALUES (?)');

  const streamIds = new Map<string, number>();
  const typeIds = new Map<string, number>();
  const typeNames = new Map<number, string>();

  function keepStream(name: string, id: number): number {
    if (streamIds.size >= STREAMS_KEPT) streamIds.clear();
    streamIds.set(name, id);
    return id;
  }

  return {
    findStream(name) {
      const kept = streamIds.get(name);
      if (kept !== undefined) return kept;
      for (const row of streamsByKey.all(streamKey(name))) {
        const [id, candidate]: readonly unknown[] = Array.isArray(row) ? row : [];
        if (candidate === name) return keepStream(name, Number(id));
      }
      return undefined;
    },
    addStream: (name) => keepStream(name, Number(insertStream.run(streamKey(name), name).lastInsertRowid)),
    findType(name) {
      const kept = typeIds.get(name);
      if (kept !== undefined) return kept;
      const id = typeByName.get(name)?.['id'];
      if (typeof id !== 'number') return undefined;
      typeIds.set(name, id);
      return id;
    },
    addType(name) {
      const id = Number(insertType.run(name).lastInsertRowid);
      typeIds.set(name, id);
      return id;
    },
    typeName(id) {
      const kept = typeNames.get(id);
      if (kept !== undefined) return kept;
      const name = typeById.get(id)?.['name'];
      if (typeof name !== 'string') throw new LogDamagedError(`The log has lost the name of event type ${id}.`);
      typeNames.set(id, name);
      return name;
    },
    forget() {
      streamIds.clear();
      typeIds.clear();
      typeNames.clear();
    },
  };
}
