import { DatabaseSync } from 'node:sqlite';
import type { VerdictLine } from '#contracts/verdicts';
import { registryAt } from '../shared/index.ts';
import type { CurrentVerdict, VerdictKind } from './current-verdicts.ts';

/** What a line says beyond its verdict. */
export interface LineFacts {
  readonly recordKey: string;
  readonly part: number;
  readonly counterpartKey: string | null;
  /** Best first; empty where nobody comes into question. */
  readonly candidates: NonNullable<VerdictLine['candidates']>;
}

/** Sorts the lines of an export on disk, so that memory does not grow with them. */
export interface VerdictSpool {
  put(lines: readonly (readonly [CurrentVerdict, LineFacts])[]): void;
  sorted(kindOf: (cell: number) => VerdictKind): Iterable<VerdictLine>;
  close(): void;
}

/** A database without a name is a temporary file that is gone with the process, however that ends. */
const UNNAMED = '';

export function openVerdictSpool(): VerdictSpool {
  const db = new DatabaseSync(UNNAMED);
  db.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -65536;
    CREATE TABLE lines (
      cell INTEGER, place INTEGER, record_key TEXT, part INTEGER, right_type INTEGER, right_key TEXT, candidates TEXT
    );`);
  const insert = db.prepare('INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = db.prepare(`SELECT cell, record_key, part, right_type, right_key, candidates FROM lines
    ORDER BY place, record_key, part, right_key`);
  select.setReturnArrays(true);

  return {
    put(lines) {
      db.exec('BEGIN');
      for (const [{ cell, kind, right }, { recordKey, part, counterpartKey, candidates }] of lines) {
        const found = candidates.length === 0 ? null : JSON.stringify(candidates);
        const rightType = right === null ? null : right.recordType;
        insert.run(cell, kind.place, recordKey, part, rightType, counterpartKey, found);
      }
      db.exec('COMMIT');
    },
    *sorted(kindOf) {
      for (const row of select.iterate()) yield lineOf(row, kindOf);
    },
    close: () => db.close(),
  };
}

/** Rows come as arrays when a statement was told so; its type does not know. */
function lineOf(row: unknown, kindOf: (cell: number) => VerdictKind): VerdictLine {
  const [cell, recordKey, part, rightType, rightKey, candidates] = Array.isArray(row)
    ? (row as readonly unknown[])
    : [];
  const { check, registry, outcome, codes, findings, rules } = kindOf(Number(cell));
  return {
    check,
    registry,
    recordKey: String(recordKey),
    part: Number(part),
    counterpart:
      typeof rightType === 'number' ? { registry: registryAt(rightType), recordKey: String(rightKey) } : null,
    outcome,
    codes,
    fields: findings,
    ...(typeof candidates === 'string' && { candidates: parseCandidates(candidates) }),
    rules,
  };
}

const parseCandidates = (text: string): LineFacts['candidates'] => JSON.parse(text) as LineFacts['candidates'];
