import type { Verdict } from '#contracts/verdicts';
import type { ViewDatabase } from '../engine/index.ts';
import { codesText, findingsText } from '../shared/index.ts';

/** Numbers for what many items share; each is given in the order of the log, and never changes. */
export interface Dictionary {
  /** Check, record type and codes. */
  group(verdict: Verdict, recordType: number): number;
  /** A group with its findings. */
  kind(group: number, verdict: Verdict): number;
  ward(code: string | null): number;
}

export function openDictionary(db: ViewDatabase): Dictionary {
  const groups = table(db, 'groups', ['check_name', 'record_type', 'codes']);
  const kinds = table(db, 'kinds', ['grp', 'findings']);
  const wards = table(db, 'wards', ['code']);
  return {
    group: ({ check, codes }, recordType) => groups(check, recordType, codesText(codes)),
    kind: (group, { findings }) => kinds(group, findingsText(findings)),
    ward: (code) => wards(code),
  };
}

type Value = string | number | null;

function table(db: ViewDatabase, name: string, columns: readonly string[]): (...values: readonly Value[]) => number {
  const ids = new Map<string, number>();
  const places = columns.map(() => '?').join(', ');
  const insert = db.prepare(`INSERT INTO ${name} (id, ${columns.join(', ')}) VALUES (?, ${places})`);
  for (const row of db.prepare(`SELECT * FROM ${name}`).all()) {
    ids.set(columns.map((column) => String(row[column])).join('\n'), Number(row['id']));
  }
  return (...values) => {
    const key = values.map(String).join('\n');
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ids.size + 1;
    insert.run(id, ...values);
    ids.set(key, id);
    return id;
  };
}
