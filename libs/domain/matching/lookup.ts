import type { PersonRef, RecordContent, RecordType, Resident } from '#contracts/records';
import { CHECK_DEFINITIONS, type Check } from '#contracts/verdicts';
import { parseCmnd9, parseEnterpriseCode, parsePersonalId, parseTaxCode } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { documentOf, isForeignNationality } from './documents.ts';
import { isEnterprise, isResident, isTaxpayer } from './records.ts';

/** A number under which records are found, in its canonical digits. */
export interface Identifier {
  readonly type: 'PERSONAL_ID' | 'FORMER_PERSONAL_ID' | 'CMND9' | 'TAX_CODE' | 'ENTERPRISE_CODE';
  readonly value: string;
}

/** How the counterpart of a check is looked up: by identifiers, tried in order, or why there is nothing to look up by. */
export type Lookup =
  | { readonly kind: 'identifier'; readonly identifiers: readonly Identifier[] }
  | { readonly kind: 'no-id' }
  | { readonly kind: 'invalid-id' }
  | { readonly kind: 'not-applicable' };

const NO_ID: Lookup = { kind: 'no-id' };
const INVALID_ID: Lookup = { kind: 'invalid-id' };
const NOT_APPLICABLE: Lookup = { kind: 'not-applicable' };

/** How the counterpart of this part of a record is looked up. `duplicate` pairs residents and looks nobody up. */
export function lookupOf(check: Check, content: RecordContent, part: Part): Lookup {
  switch (CHECK_DEFINITIONS[check].subject.kind) {
    case 'people':
    case 'each-of':
      return lookUpPerson(part.person, undefined);
    case 'registration':
      return lookUpRegistration(content);
    case 'taxpayer':
      return lookUpPerson(part.person, isTaxpayer(content) ? content.taxCode : undefined);
    case 'pair':
      return NOT_APPLICABLE;
  }
}

function lookUpPerson(person: PersonRef | null, taxCode: string | undefined): Lookup {
  if (isForeignNationality(person?.nationality)) return NOT_APPLICABLE;
  const document = documentOf(person);
  switch (document.kind) {
    case 'personal-id':
      return byPersonalId(document.id.digits);
    case 'cmnd9':
      return by('CMND9', document.id.digits);
    case 'invalid':
      return INVALID_ID;
    case 'passport':
    case 'other':
    case 'missing': {
      const own = taxCode === undefined ? undefined : parsePersonalId(taxCode);
      if (own?.ok === true) return byPersonalId(own.value.digits);
      return document.kind === 'passport' ? NOT_APPLICABLE : NO_ID;
    }
  }
}

/** An enterprise looks for its taxpayer; a taxpayer that was issued for a registration looks for the enterprise. */
function lookUpRegistration(content: RecordContent): Lookup {
  if (isEnterprise(content)) {
    if (content.taxCode === undefined) return lookUpTaxCode(content.enterpriseCode);
    const taxCode = parseTaxCode(content.taxCode);
    return taxCode.ok ? by('TAX_CODE', taxCode.value.canonical) : INVALID_ID;
  }
  if (!isTaxpayer(content) || content.enterpriseCode === undefined) return NOT_APPLICABLE;
  const enterpriseCode = parseEnterpriseCode(content.enterpriseCode);
  return enterpriseCode.ok ? by('ENTERPRISE_CODE', enterpriseCode.value.canonical) : INVALID_ID;
}

/** A well-formed enterprise code may be no tax code (a business location's): then no taxpayer has it. */
function lookUpTaxCode(code: string): Lookup {
  const taxCode = parseTaxCode(code);
  if (taxCode.ok) return by('TAX_CODE', taxCode.value.canonical);
  const enterpriseCode = parseEnterpriseCode(code);
  return enterpriseCode.ok ? by('TAX_CODE', enterpriseCode.value.canonical) : INVALID_ID;
}

function by(type: Identifier['type'], value: string): Lookup {
  return { kind: 'identifier', identifiers: [{ type, value }] };
}

function byPersonalId(value: string): Lookup {
  return {
    kind: 'identifier',
    identifiers: [
      { type: 'PERSONAL_ID', value },
      { type: 'FORMER_PERSONAL_ID', value },
    ],
  };
}

/**
 * The identifiers under which a record is found as a counterpart: a resident by personal ID, former ones and CMND9s, a taxpayer by
 * its tax code, an enterprise by its own code (from the taxpayer issued for it). Civil-status records are never counterparts.
 * A withdrawn record is found by none.
 */
export function identifiersOf(record: RecordType, content: RecordContent): readonly Identifier[] {
  if (content.withdrawn === true) return [];
  if (record === 'resident' && isResident(content)) return identifiersOfResident(content);
  if (record === 'taxpayer' && isTaxpayer(content)) {
    const taxCode = parseTaxCode(content.taxCode);
    return taxCode.ok ? [{ type: 'TAX_CODE', value: taxCode.value.canonical }] : [];
  }
  if (record === 'enterprise' && isEnterprise(content)) {
    const enterpriseCode = parseEnterpriseCode(content.enterpriseCode);
    return enterpriseCode.ok ? [{ type: 'ENTERPRISE_CODE', value: enterpriseCode.value.canonical }] : [];
  }
  return [];
}

function identifiersOfResident(resident: Resident): readonly Identifier[] {
  const current = parsePersonalId(resident.personalId);
  const identifiers: Identifier[] = current.ok ? [{ type: 'PERSONAL_ID', value: current.value.digits }] : [];
  for (const former of resident.formerIds ?? []) {
    const identifier = former.type === 'CMND9' ? cmnd9Of(former.value) : formerPersonalId(former.value);
    if (identifier === undefined) continue;
    if (!identifiers.some((known) => known.value === identifier.value)) identifiers.push(identifier);
  }
  return identifiers;
}

function formerPersonalId(value: string): Identifier | undefined {
  const parsed = parsePersonalId(value);
  return parsed.ok ? { type: 'FORMER_PERSONAL_ID', value: parsed.value.digits } : undefined;
}

/** A resident's CMND9 as an identifier, or nothing when it is no 9-digit number. */
export function cmnd9Of(value: string): Identifier | undefined {
  const parsed = parseCmnd9(value);
  return parsed.ok ? { type: 'CMND9', value: parsed.value.digits } : undefined;
}
