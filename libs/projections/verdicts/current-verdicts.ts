import type { Registry } from '#contracts/records';
import {
  CHECKS,
  OUTCOMES,
  type Check,
  type Code,
  type Finding,
  type Outcome,
  type VersionRef,
} from '#contracts/verdicts';
import type { ViewSnapshot } from '../engine/index.ts';
import { keyText, parseCodes, parseFindings, recordStreamOf, registryAt } from '../shared/index.ts';

/** What the verdicts of one cell of the view have in common. */
export interface VerdictKind {
  readonly check: Check;
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  readonly findings: readonly Finding[];
  /** Place of the checked record's type among the record types. */
  readonly recordType: number;
  readonly registry: Registry;
  readonly rules: string;
  /** Of the check and the registry, in the order of a list of lines. */
  readonly place: number;
}

/** A verdict as the view has it: what it is about stands behind hashes. */
export interface CurrentVerdict {
  readonly cell: number;
  readonly kind: VerdictKind;
  /** Hash of the reconciliation. */
  readonly hash: string;
  readonly left: VersionRef;
  readonly right: (VersionRef & { readonly recordType: number }) | null;
}

/** Every kind, by the number of its cell. */
export function readVerdictKinds(view: ViewSnapshot): ReadonlyMap<number, VerdictKind> {
  const rows = view.all(`SELECT cells.id, check_name, outcome, codes, findings, record_type, rules
    FROM cells JOIN shapes ON shapes.id = cells.shape`);
  const kinds = rows.map((row) => ({
    cell: Number(row['id']),
    check: oneOf(CHECKS, row['check_name']),
    outcome: oneOf(OUTCOMES, row['outcome']),
    codes: parseCodes(row['codes']),
    findings: parseFindings(row['findings']),
    recordType: Number(row['record_type']),
    registry: registryAt(Number(row['record_type'])),
    rules: String(row['rules']),
  }));
  const places = [...new Set(kinds.map(placeName))].sort();
  return new Map(kinds.map(({ cell, ...kind }) => [cell, { ...kind, place: places.indexOf(placeName(kind)) }]));
}

const placeName = ({ check, registry }: Pick<VerdictKind, 'check' | 'registry'>): string => `${check} ${registry}`;

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new RangeError('the view of verdicts holds a word that is not known');
  return found;
}

/** The current verdicts of these checks, in pages, in the order in which they were first given. */
export function* readCurrentVerdicts(
  view: ViewSnapshot,
  kinds: ReadonlyMap<number, VerdictKind>,
  checks: readonly Check[],
  pageSize: number,
): Generator<readonly CurrentVerdict[]> {
  let page: CurrentVerdict[] = [];
  const rows = view.rows(`SELECT stream, cell, left_key, left_version, right_type, right_key, right_version
    FROM verdicts`);
  for (const [stream, cell, leftKey, leftVersion, rightType, rightKey, rightVersion] of rows) {
    const kind = kinds.get(Number(cell));
    if (kind === undefined) throw new RangeError('a verdict stands in a cell that is not there');
    if (!checks.includes(kind.check)) continue;
    page.push({
      cell: Number(cell),
      kind,
      hash: keyText(stream),
      left: { stream: recordStreamOf(kind.recordType, leftKey), version: Number(leftVersion) },
      right:
        typeof rightType === 'number'
          ? { stream: recordStreamOf(rightType, rightKey), version: Number(rightVersion), recordType: rightType }
          : null,
    });
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
