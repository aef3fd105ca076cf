import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import {
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionRequested,
  CorrectionWithdrawn,
  DeadLetterSetAside,
  MessageDeadLettered,
  MismatchCleared,
  ReconciliationEnded,
} from '#contracts/events';
import type { VersionRef } from '#contracts/verdicts';
import type { LogPoint, RecordedEvent } from '#libs/event-store/port';
import { traceparentIn } from '#libs/telemetry';
import { ensureTextColumn } from '../schema/index.ts';

/** What says of a correction request that it is there, or that nothing more is to be done about it. */
export const REQUEST_EVENTS: readonly string[] = [
  CorrectionRequested,
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionWithdrawn,
  MismatchCleared,
  ReconciliationEnded,
  MessageDeadLettered,
  DeadLetterSetAside,
].map(({ type }) => type);

export interface OpenRequest {
  readonly requestId: string;
  /** The event that asked for it. */
  readonly event: VersionRef;
  readonly traceparent?: string | undefined;
}

/**
 * The correction requests of one registry that are not over, folded from the log into a file that may be deleted: nothing is
 * sent from it before it has caught up, so that a replay sends nothing that was answered.
 */
export interface OpenRequests {
  checkpoint(): LogPoint | undefined;
  /** Forgets everything: the checkpoint is not of this log. */
  clear(): void;
  /** Folds events in and remembers the point behind them, both or neither. */
  fold(events: readonly RecordedEvent[], point: LogPoint): void;
  /** Requests that no registry has acknowledged, oldest first; those given up on are left out. */
  unsent(after: number, limit: number): readonly (OpenRequest & { readonly order: number })[];
  find(requestId: string): OpenRequest | undefined;
  decisionCursor(): string | undefined;
  /** Undefined: decisions are read from the beginning again. */
  saveDecisionCursor(cursor: string | undefined): void;
  close(): void;
}

/** `topic` is the one on which this registry's requests are handed out: dead letters of others are not ours. */
export function openRequests(file: string, registry: string, topic: string): OpenRequests {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS request (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS request_stream ON request (stream);
    CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`);
  ensureTextColumn(database, 'request', 'traceparent');
  const add = database.prepare(
    `INSERT OR IGNORE INTO request (id, stream, version, state, traceparent) VALUES (?, ?, ?, 'unsent', ?)`,
  );
  const mark = database.prepare('UPDATE request SET state = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM request WHERE id = ?');
  const dropStream = database.prepare('DELETE FROM request WHERE stream = ?');
  const unsent = database.prepare(
    `SELECT number, id, stream, version, traceparent FROM request WHERE state = 'unsent' AND number > ? ORDER BY number LIMIT ?`,
  );
  const find = database.prepare('SELECT number, id, stream, version, traceparent FROM request WHERE id = ?');
  const readNote = database.prepare('SELECT value FROM note WHERE name = ?');
  const dropNote = database.prepare('DELETE FROM note WHERE name = ?');
  const writeNote = database.prepare('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)');

  function note(name: string): string | undefined {
    const value = readNote.get(name)?.['value'];
    return typeof value === 'string' ? value : undefined;
  }

  function foldOne({ type, stream, streamVersion, data, traceparent }: RecordedEvent): void {
    const requestId = textIn(data['requestId']);
    switch (type) {
      case CorrectionRequested.type:
        if (data['registry'] === registry) add.run(requestId, stream, streamVersion, traceparent ?? null);
        break;
      case CorrectionAcknowledged.type:
        mark.run('acknowledged', requestId);
        break;
      case CorrectionRefused.type:
      case CorrectionWithdrawn.type:
        drop.run(requestId);
        break;
      case MismatchCleared.type:
      case ReconciliationEnded.type:
        dropStream.run(stream);
        break;
      case MessageDeadLettered.type:
        if (data['topic'] === topic) mark.run('given-up', messageIdIn(data['message']));
        break;
      case DeadLetterSetAside.type:
        drop.run(textIn(data['messageId']));
        break;
    }
  }

  function inTransaction(work: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    checkpoint() {
      const text = note('checkpoint');
      return text === undefined ? undefined : (JSON.parse(text) as LogPoint);
    },
    clear: () => database.exec('DELETE FROM request; DELETE FROM note'),
    fold: (events, point) =>
      inTransaction(() => {
        events.forEach(foldOne);
        writeNote.run('checkpoint', JSON.stringify(point));
      }),
    unsent: (after, limit) => unsent.all(after, limit).map(toRequest),
    find(requestId) {
      const row = find.get(requestId);
      return row === undefined ? undefined : toRequest(row);
    },
    decisionCursor: () => note('decisions'),
    saveDecisionCursor(cursor) {
      if (cursor === undefined) dropNote.run('decisions');
      else writeNote.run('decisions', cursor);
    },
    close: () => database.close(),
  };
}

function toRequest(row: Record<string, SQLOutputValue>): OpenRequest & { order: number } {
  const event = { stream: textIn(row['stream']), version: Number(row['version']) };
  const traceparent = traceparentIn(row['traceparent']);
  return { requestId: textIn(row['id']), order: Number(row['number']), event, traceparent };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function messageIdIn(message: unknown): string {
  return typeof message === 'object' && message !== null && 'id' in message ? textIn(message.id) : '';
}
