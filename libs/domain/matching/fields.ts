import type { Address, PersonRef, RecordContent } from '#contracts/records';
import type { FieldRule, Rules } from '#contracts/rules';
import type { Check, Finding } from '#contracts/verdicts';
import type { AdministrativeUnits } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { compareGender, compareStatuses } from './compare/codes.ts';
import type { Comparison } from './compare/comparison.ts';
import { compareDates } from './compare/dates.ts';
import { compareCompanyNames, compareNames } from './compare/names.ts';
import { comparePlaces } from './compare/places.ts';
import { planOf, valueAt, type FieldPlan } from './plan.ts';
import { isMarriage } from './records.ts';

/** The comparison of all fields of a check. */
export interface FieldsCompared {
  /** The fields that are not `EQUAL`, in the order of the rules. */
  readonly findings: readonly Finding[];
  /** A material field other than a status differs. */
  readonly mismatch: boolean;
  /** A material pair of statuses can't both hold. */
  readonly conflict: boolean;
}

/** Compares the fields of a check and adds the values compared, of both sides, to `values`. */
export function compareFields(
  rules: Rules,
  check: Check,
  left: RecordContent,
  part: Part,
  right: RecordContent | null,
  units: AdministrativeUnits,
  values: (string | null)[],
): FieldsCompared {
  const findings: Finding[] = [];
  let mismatch = false;
  let conflict = false;
  for (const plan of planOf(rules, check)) {
    const leftValue = leftValueOf(plan, left, part);
    const rightValue = right === null ? undefined : valueAt(right, plan.right);
    pushValues(plan.rule, leftValue, values);
    pushValues(plan.rule, rightValue, values);
    if (right === null) continue;
    const comparison = compareField(plan.rule, leftValue, rightValue, units);
    if (comparison.verdict === 'EQUAL') continue;
    findings.push({ field: plan.rule.field, ...comparison });
    if (!plan.rule.material) continue;
    if (plan.rule.comparator === 'statuses') conflict ||= comparison.verdict === 'DIFFERENT';
    else mismatch ||= comparison.verdict === 'DIFFERENT' || comparison.verdict === 'SIMILAR';
  }
  return { findings, mismatch, conflict };
}

function leftValueOf({ left }: FieldPlan, record: RecordContent, part: Part): unknown {
  switch (left.root) {
    case 'constant':
      return left.value;
    case 'person':
      return valueAt(part.person, left.path);
    case 'spouse':
      return valueAt(otherSpouse(record, part), left.path);
    case 'record':
      return valueAt(record, left.path);
  }
}

function otherSpouse(record: RecordContent, part: Part): PersonRef | null {
  if (!isMarriage(record)) return null;
  return part.identity === 'wife' ? record.husband : record.wife;
}

function compareField(rule: FieldRule, left: unknown, right: unknown, units: AdministrativeUnits): Comparison {
  switch (rule.comparator) {
    case 'name':
      return compareNames(textOf(left), textOf(right));
    case 'company-name':
      return compareCompanyNames(textOf(left), textOf(right));
    case 'date':
      return compareDates(textOf(left), textOf(right));
    case 'gender':
      return compareGender(textOf(left), textOf(right));
    case 'place':
      return comparePlaces(placeOf(left), placeOf(right), units);
    case 'statuses':
      return compareStatuses(textOf(left), textOf(right), rule.table);
  }
}

/** The values that the comparison rests on: always as many for a field, so that none can be taken for another. */
function pushValues(rule: FieldRule, value: unknown, values: (string | null)[]): void {
  if (rule.comparator !== 'place') {
    values.push(textOf(value) ?? null);
    return;
  }
  const place = placeOf(value);
  values.push(
    place?.wardCode ?? null,
    place?.wardName ?? null,
    place?.provinceCode ?? null,
    place?.provinceName ?? null,
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function placeOf(value: unknown): Address | undefined {
  return isPlace(value) ? value : undefined;
}

function isPlace(value: unknown): value is Address {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
