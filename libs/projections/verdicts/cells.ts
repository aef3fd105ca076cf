import type { Verdict } from '#contracts/verdicts';
import type { ViewDatabase } from '../engine/index.ts';
import { codesText, findingsText, openCounts } from '../shared/index.ts';

/** Verdicts that say the same of records of one type, in one ward, by the same rules, share a cell. */
export interface Cells {
  /** The cell of a verdict, made when there is none. */
  of(verdict: Verdict, recordType: number): number;
  count(cell: number, by: number): void;
  judged(cell: number, day: number): void;
  /** Writes what was counted since the last time. */
  flush(): void;
}

const DAY_FACTOR = 2 ** 32;

export function openCells(db: ViewDatabase): Cells {
  const shapes = new Map<string, number>();
  const cells = new Map<string, number>();
  const counts = openCounts<number>();
  const days = openCounts<number>();
  const insertShape = db.prepare('INSERT INTO shapes VALUES (?, ?, ?, ?, ?)');
  const insertCell = db.prepare('INSERT INTO cells VALUES (?, ?, ?, ?, ?, 0)');
  const addToCell = db.prepare('UPDATE cells SET verdicts = verdicts + ? WHERE id = ?');
  const addToDay = db.prepare(`INSERT INTO judged VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET verdicts = verdicts + excluded.verdicts`);

  for (const { id, check_name, outcome, codes, findings } of db.prepare('SELECT * FROM shapes').all()) {
    shapes.set(`${String(check_name)} ${String(outcome)} ${String(codes)} ${String(findings)}`, Number(id));
  }
  for (const { id, shape, record_type, ward, rules } of db.prepare('SELECT * FROM cells').all()) {
    cells.set(
      cellKey(Number(shape), Number(record_type), ward === null ? null : String(ward), String(rules)),
      Number(id),
    );
  }

  function shapeOf({ check, outcome, codes, findings }: Verdict): number {
    const said = [check, outcome, codesText(codes), findingsText(findings)] as const;
    const key = said.join(' ');
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const id = shapes.size + 1;
    insertShape.run(id, ...said);
    shapes.set(key, id);
    return id;
  }

  return {
    of(verdict, recordType) {
      const shape = shapeOf(verdict);
      const ward = verdict.ward ?? null;
      const key = cellKey(shape, recordType, ward, verdict.rules);
      const known = cells.get(key);
      if (known !== undefined) return known;
      const id = cells.size + 1;
      insertCell.run(id, shape, recordType, ward, verdict.rules);
      cells.set(key, id);
      return id;
    },
    count: (cell, by) => counts.add(cell, by),
    judged: (cell, day) => days.add(day * DAY_FACTOR + cell, 1),
    flush() {
      counts.drain((cell, by) => addToCell.run(by, cell));
      days.drain((key, by) => addToDay.run(Math.floor(key / DAY_FACTOR), key % DAY_FACTOR, by));
    },
  };
}

const cellKey = (shape: number, recordType: number, ward: string | null, rules: string): string =>
  `${shape} ${recordType} ${ward ?? ''} ${rules}`;
