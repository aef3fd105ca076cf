import type { RecordContent, RecordType } from '#contracts/records';
import { rulesOfCheck, type Rules } from '#contracts/rules';
import type { Check, Code } from '#contracts/verdicts';
import type { Found } from '#contracts/work';
import type { AdministrativeUnits } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { contradictsItself, residentContradictsItself } from './cross-field.ts';
import { judgeDuplicate } from './duplicates.ts';
import { compareFields } from './fields.ts';
import type { Judgement } from './judgement.ts';
import { isEnterprise, isResident, isTaxpayer } from './records.ts';
import { wardOf } from './ward.ts';

export interface JudgeInput {
  readonly check: Check;
  /** Type of the record that is checked. */
  readonly record: RecordType;
  readonly left: RecordContent;
  readonly part: Part;
  /** The counterpart's content, or null when none was found. */
  readonly right: RecordContent | null;
  readonly found: Found;
  readonly rules: Rules;
  readonly units: AdministrativeUnits;
}

/**
 * Judges one part of a record against its counterpart. Pure: the same input gives the same judgement. A withdrawn counterpart is
 * not found. For `duplicate`, `left` and `right` are the pair; without suspicion it is `MATCHED`, that is, cleared.
 *
 * A taxpayer whose enterprise exists has no line in `tax-registration`: ask `isDue` first.
 */
export function judge(input: JudgeInput): Judgement {
  const { check, record, left, part, found, rules, units } = input;
  const right = found.kind === 'found' && input.right?.withdrawn !== true ? input.right : null;
  if (check === 'duplicate') return judgePair(input);

  const needsAlive = mustBeAlive(rules, check, left);
  const values = [...identifyingValues(check, left, part)];
  const compared = compareFields(rules, check, left, part, right, units, values);
  values.push(...counterpartValues(right, needsAlive));
  const ward = wardOf(record, left, units);
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
    if (needsAlive && isResident(right) && right.status === 'DECEASED') codes.push('DECEASED');
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

function judgePair({ record, left, right, found, rules, units }: JudgeInput): Judgement {
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
    ward: wardOf(record, left, units),
  };
}

function mustBeAlive(rules: Rules, check: Check, left: RecordContent): boolean {
  const { alive } = rulesOfCheck(rules, check);
  return alive !== undefined && !('status' in left && alive.unlessStatus.includes(left.status));
}

/** What the counterpart was looked up by, and what a personal ID has to agree with. */
function identifyingValues(check: Check, left: RecordContent, { person }: Part): readonly (string | null)[] {
  if (check === 'tax-registration') return codesOf(left);
  return [
    person?.documentType ?? null,
    person?.documentNumber ?? null,
    person?.nationality ?? null,
    person?.dateOfBirth ?? null,
    person?.gender ?? null,
    check === 'taxpayer-identity' && isTaxpayer(left) ? left.taxCode : null,
  ];
}

function codesOf(left: RecordContent): readonly (string | null)[] {
  return isEnterprise(left) || isTaxpayer(left) ? [left.taxCode ?? null, left.enterpriseCode ?? null] : [null, null];
}

/** What the codes rest on beside the compared fields: who the counterpart is, and whether they live where they must. */
function counterpartValues(right: RecordContent | null, needsAlive: boolean): readonly (string | null)[] {
  if (right === null) return [null, null, null, null];
  if (!isResident(right)) return [isTaxpayer(right) ? right.taxCode : null, null, null, null];
  return [right.personalId, right.dateOfBirth, right.gender, needsAlive ? right.status : null];
}
