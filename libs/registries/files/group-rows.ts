import type { QuarantineReason } from '#contracts/events';
import { canonicalJson } from '#libs/platform';
import type { RecordDefinition } from '../definitions/index.ts';
import type { Row } from '../intake/index.ts';
import { isRawObject, ownCodeOf, reason } from '../validation/index.ts';
import type { FileBounds } from './file-bounds.ts';
import { RowSpool } from './row-spool.ts';

type Grouping = NonNullable<RecordDefinition['grouping']>;

const ROWS_AT_ONCE = 1_000;

/**
 * Puts the rows of one record together, wherever in the file they stand: each has one element of the record's list, in the order of the
 * rows. Rows that differ in `updatedAt` are versions of their own. A file with many rows waits in a temporary file meanwhile.
 */
export async function* groupedRows(
  definition: RecordDefinition,
  grouping: Grouping,
  batches: AsyncIterable<readonly Row[]>,
  bounds: FileBounds,
): AsyncGenerator<readonly Row[]> {
  const spool = new RowSpool(bounds);
  try {
    for await (const rows of batches) {
      for (const row of rows) spool.add(keyOf(definition, grouping.by, row), row);
    }
    let ready: Row[] = [];
    for (const rows of spool.groups()) {
      ready.push(...versionsAmong(rows).map((version) => merged(version, grouping, definition)));
      if (ready.length < ROWS_AT_ONCE) continue;
      yield ready;
      ready = [];
    }
    if (ready.length > 0) yield ready;
  } finally {
    spool.close();
  }
}

/** What the rows of one record share. A row without a readable key stands alone. */
function keyOf(definition: RecordDefinition, by: string, { raw, line }: Row): string {
  const value = isRawObject(raw) ? raw[by] : undefined;
  if (typeof value !== 'string') return `line ${line}`;
  return ownCodeOf(definition, by, value) ?? value.trim();
}

/** Rows without `updatedAt` belong to the version before them. */
function versionsAmong(rows: readonly Row[]): readonly (readonly Row[])[] {
  const versions = new Map<string, Row[]>();
  let last = '';
  for (const row of rows) {
    const updatedAt = isRawObject(row.raw) ? row.raw['updatedAt'] : undefined;
    if (typeof updatedAt === 'string') last = updatedAt;
    const version = versions.get(last);
    if (version === undefined) versions.set(last, [row]);
    else version.push(row);
  }
  return [...versions.values()];
}

/**
 * What stands in several rows must be the same in all of them; what stands in one counts for the record. Columns that are none of the
 * record's may differ.
 */
function merged(rows: readonly Row[], { by, list }: Grouping, { fields }: RecordDefinition): Row {
  const [first] = rows;
  if (first === undefined) throw new TypeError('a record without rows');
  if (rows.length === 1) return first;
  const raw: Record<string, unknown> = {};
  const elements: unknown[] = [];
  const reasons = new Map<string, QuarantineReason>();
  for (const row of rows) {
    for (const why of row.reasons ?? []) reasons.set(`${why.field} ${why.code}`, why);
    if (!isRawObject(row.raw)) continue;
    for (const [name, value] of Object.entries(row.raw)) {
      if (name === list && Array.isArray(value)) elements.push(...(value as readonly unknown[]));
      else if (raw[name] === undefined) raw[name] = value;
      else if (name !== by && Object.hasOwn(fields, name) && canonicalJson(raw[name]) !== canonicalJson(value)) {
        reasons.set(`${name} rows-disagree`, reason(name, 'rows-disagree', `${rows.length} rows`));
      }
    }
  }
  if (elements.length > 0) raw[list] = elements;
  const size = rows.reduce((sum, row) => sum + (row.size ?? 0), 0);
  return { line: first.line, raw, size, ...(reasons.size === 0 ? {} : { reasons: [...reasons.values()] }) };
}
