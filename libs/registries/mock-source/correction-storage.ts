import type { DatabaseSync } from 'node:sqlite';
import { ensureTextColumn } from '../schema/index.ts';
import { numberOf, optionalTextOf, textOf, type Row } from './rows.ts';

/** A correction request at the source; `order` is the request as it came, as JSON text. */
export interface StoredCorrection {
  readonly requestId: string;
  readonly order: string;
  /** Milliseconds since 1970 at which the officer takes it up. */
  readonly dueAt: number;
  readonly state: 'received' | 'ignored' | 'applied' | 'refused';
  readonly reason?: string;
  /** The trace that the request belongs to. */
  readonly traceparent?: string | undefined;
}

export interface StoredDecision {
  readonly sequence: number;
  readonly requestId: string;
  readonly state: 'applied' | 'refused';
  readonly reason?: string;
}

/** The correction requests of a source and what was decided on them, in the order of the decisions. */
export interface CorrectionStorage {
  find(requestId: string): StoredCorrection | undefined;
  add(requestId: string, order: string, dueAt: number, traceparent?: string): void;
  /** Requests that nobody has taken up and whose time has come, oldest first. */
  due(now: number, limit: number): readonly StoredCorrection[];
  /** When the next request is due; undefined when none waits. */
  nextDue(): number | undefined;
  ignore(requestId: string): void;
  decide(requestId: string, state: 'applied' | 'refused', reason?: string): void;
  decisionsAfter(sequence: number, limit: number): readonly StoredDecision[];
  lastDecision(): number;
  /** Reads again what is kept in memory: after a transaction that was rolled back. */
  refresh(): void;
}

export function openCorrectionStorage(database: DatabaseSync): CorrectionStorage {
  database.exec(`
    CREATE TABLE IF NOT EXISTS correction (
      request_id TEXT PRIMARY KEY, "order" TEXT NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT,
      decision INTEGER UNIQUE
    ) STRICT;
    CREATE INDEX IF NOT EXISTS correction_due ON correction (due_at) WHERE state = 'received'`);
  ensureTextColumn(database, 'correction', 'traceparent');
  const columns = 'request_id, "order", due_at, state, reason, traceparent';
  const find = database.prepare(`SELECT ${columns} FROM correction WHERE request_id = ?`);
  const add = database.prepare(
    `INSERT INTO correction (request_id, "order", due_at, state, traceparent) VALUES (?, ?, ?, 'received', ?)`,
  );
  const due = database.prepare(
    `SELECT ${columns} FROM correction WHERE state = 'received' AND due_at <= ? ORDER BY due_at, rowid LIMIT ?`,
  );
  const nextDue = database.prepare(`SELECT min(due_at) AS due_at FROM correction WHERE state = 'received'`);
  const close = database.prepare('UPDATE correction SET state = ?, reason = ?, decision = ? WHERE request_id = ?');
  const decisions = database.prepare(
    `SELECT decision, ${columns} FROM correction WHERE decision > ? ORDER BY decision LIMIT ?`,
  );
  const last = database.prepare('SELECT coalesce(max(decision), 0) AS last FROM correction');
  let lastDecision = 0;
  const refresh = (): void => {
    lastDecision = numberOf(last.get() ?? {}, 'last');
  };
  refresh();

  return {
    refresh,
    find(requestId) {
      const row = find.get(requestId);
      return row === undefined ? undefined : toCorrection(row);
    },
    add: (requestId, order, dueAt, traceparent) => void add.run(requestId, order, dueAt, traceparent ?? null),
    due: (now, limit) => due.all(now, limit).map(toCorrection),
    nextDue() {
      const value = nextDue.get()?.['due_at'];
      return typeof value === 'number' ? value : undefined;
    },
    ignore: (requestId) => void close.run('ignored', null, null, requestId),
    decide(requestId, state, reason) {
      lastDecision += 1;
      close.run(state, reason ?? null, lastDecision, requestId);
    },
    decisionsAfter: (sequence, limit) =>
      decisions.all(sequence, limit).map((row) => {
        const { requestId, state, reason } = toCorrection(row);
        if (state !== 'applied' && state !== 'refused') throw new TypeError('A decision that decided nothing');
        return { sequence: numberOf(row, 'decision'), requestId, state, ...(reason === undefined ? {} : { reason }) };
      }),
    lastDecision: () => lastDecision,
  };
}

function toCorrection(row: Row): StoredCorrection {
  const reason = row['reason'];
  return {
    requestId: textOf(row, 'request_id'),
    order: textOf(row, 'order'),
    dueAt: numberOf(row, 'due_at'),
    state: stateOf(textOf(row, 'state')),
    traceparent: optionalTextOf(row, 'traceparent'),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

function stateOf(text: string): StoredCorrection['state'] {
  if (text === 'received' || text === 'ignored' || text === 'applied' || text === 'refused') return text;
  throw new TypeError('A correction request in a state that is not known');
}
