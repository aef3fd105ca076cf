import type { RecordContent } from '#contracts/records';
import type { Rules } from '#contracts/rules';
import type { Check, Code, Finding, Outcome } from '#contracts/verdicts';
import type { Found } from '#contracts/work';
import type { AdministrativeUnits } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { contradictsItself, residentContradictsItself } from './cross-field.ts';
import { judgeDuplicate } from './duplicates.ts';
import { compareFields } from './fields.ts';
import { isResident, isTaxpayer } from './records.ts';
import { wardOf } from './ward.ts';

export interface JudgeInput {
  readonly check: Check;
  readonly left: RecordContent;
  readonly part: Part;
  /** The counterpart's content, or null when none was found. */
  readonly right: RecordContent | null;
  readonly found: Found;
  readonly rules: Rules;
  readonly units: AdministrativeUnits;
}

/** What a check says of one part of a record. */
export interface Judgement {
  readonly outcome: Outcome;
  /** In the order of their table; empty unless `MISMATCHED`. */
  readonly codes: readonly Code[];
  /** The compared fields that are not `EQUAL`, in the order of the rules; empty without a counterpart. */
  readonly findings: readonly Finding[];
  /** The raw values that were judged, of both sides, in a fixed order: for a keyed hash. Personal values. */
  readonly values: readonly (string | null)[];
  /** New ward code of the checked record's place, or null when it is unknown. */
  readonly ward: string | null;
}

/**
 * Judges one part of a record against its counterpart. Pure: the same input gives the same judgement. A withdrawn counterpart is
 * not found. For `duplicate`, `left` and `right` are the pair; without suspicion it is `MATCHED`, that is, cleared.
 *
 * A taxpayer whose enterprise exists has no line in `tax-registration`: ask `isDue` first.
 */
export function judge(input: JudgeInput): Judgement {
  const { check, left, part, found, rules, units } = input;
  const right = found.kind === 'found' && input.right?.withdrawn !== true ? input.right : null;
  if (check === 'duplicate') return judgePair(input);

  const values = [...identifyingValues(left, part)];
  const compared = compareFields(rules, check, left, part, right, units, values);
  values.push(...counterpartValues(left, right));
  const ward = wardOf(left, units);
  if (found.kind === 'lookup' && found.why === 'not-applicable') {
    return { outcome: 'NOT_APPLICABLE', codes: [], findings: [], values, ward };
  }

  const againstResidents = check !== 'tax-registration';
  const codes: Code[] = [];
  if (compared.mismatch) codes.push('FIELD_MISMATCH');
  if (right === null && (found.kind === 'found' || found.kind === 'not-found')) codes.push('NOT_FOUND');
  if (found.kind === 'lookup') codes.push(found.why === 'no-id' ? 'NO_ID' : 'INVALID_ID');
  if (right !== null && found.kind === 'found') {
    if (found.by === 'FORMER_PERSONAL_ID') codes.push('ID_SUPERSEDED');
    if (found.by === 'CMND9') codes.push('CMND9_ONLY');
    if (mustBeAlive(rules, check, left) && isResident(right) && right.status === 'DECEASED') codes.push('DECEASED');
  }
  if (compared.conflict) codes.push('STATUS_CONFLICT');
  if (againstResidents && (contradictsItself(left, part) || (right !== null && residentContradictsItself(right)))) {
    codes.push('CROSS_FIELD');
  }
  if (found.kind === 'ambiguous') codes.push('DUPLICATE_SUSPECT');
  return { outcome: codes.length === 0 ? 'MATCHED' : 'MISMATCHED', codes, findings: compared.findings, values, ward };
}

/**
 * Whether a check has a line for this record, given what was found. It has none in `tax-registration` on a taxpayer whose enterprise
 * exists: the enterprise's line tells all.
 */
export function isDue(check: Check, left: RecordContent, found: Found): boolean {
  return !(check === 'tax-registration' && found.kind === 'found' && isTaxpayer(left));
}

function judgePair({ left, right, found, rules, units }: JudgeInput): Judgement {
  const other = right !== null && isResident(right) ? right : null;
  if (found.kind === 'found' && other !== null && isResident(left)) {
    const judgement = judgeDuplicate(left, other, rules, units);
    if (judgement !== null) return judgement;
  }
  const suspected = found.kind === 'ambiguous';
  return {
    outcome: suspected ? 'MISMATCHED' : 'MATCHED',
    codes: suspected ? ['DUPLICATE_SUSPECT'] : [],
    findings: [],
    values: isResident(left) ? [left.personalId, other?.personalId ?? null] : [],
    ward: wardOf(left, units),
  };
}

function mustBeAlive(rules: Rules, check: Check, left: RecordContent): boolean {
  const { alive } = rules.checks[check];
  return alive !== undefined && !('status' in left && alive.unlessStatus.includes(left.status));
}

/** What the counterpart was looked up by. */
function identifyingValues(left: RecordContent, { person }: Part): readonly (string | null)[] {
  return [
    person?.documentType ?? null,
    person?.documentNumber ?? null,
    person?.nationality ?? null,
    person?.dateOfBirth ?? null,
    person?.gender ?? null,
    'taxCode' in left ? (left.taxCode ?? null) : null,
    'enterpriseCode' in left ? (left.enterpriseCode ?? null) : null,
  ];
}

/** What the codes rest on beside the compared fields: the checked record's status, and who the counterpart is. */
function counterpartValues(left: RecordContent, right: RecordContent | null): readonly (string | null)[] {
  const status = 'status' in left ? left.status : null;
  if (right === null) return [status, null, null, null, null];
  if (isResident(right)) return [status, right.personalId, right.status, right.dateOfBirth, right.gender];
  return [status, isTaxpayer(right) ? right.taxCode : null, 'status' in right ? right.status : null, null, null];
}
