import type { PersonRef, RecordContent, RecordType } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { tonedText } from '../identity/index.ts';
import { documentOf } from './documents.ts';
import { isBirth, isDeath, isEnterprise, isMarriage, isTaxpayer } from './records.ts';

/** One person of a record that a check is about, or the record itself (`person` null). */
export interface Part {
  /** Place of the person in the record's current version; for export only. */
  readonly index: number;
  /**
   * Stable identity of the person within the record, never a place in an array: a representative's document, or, without one, name and
   * date of birth (a repeated one gets `#2`, `#3`, …); the role of a record's single person; empty for the record itself.
   * A personal value: hash it before it leaves the process.
   */
  readonly identity: string;
  readonly person: PersonRef | null;
}

const CHECKS_FROM: { readonly [R in RecordType]: readonly Check[] } = {
  enterprise: ['legal-representative', 'tax-registration'],
  taxpayer: ['tax-registration', 'taxpayer-identity'],
  birth: ['birth'],
  death: ['death'],
  marriage: ['marriage'],
  resident: ['duplicate'],
};

/**
 * The checks whose left side a record of this type is. A taxpayer is on the left of `tax-registration` too: bodies without business
 * registration, and those whose registration does not exist, have their line on the taxpayer.
 */
export function checksFrom(record: RecordType): readonly Check[] {
  return CHECKS_FROM[record];
}

/**
 * The parts of a record that a check judges; none when the check does not concern the record, or it is withdrawn. `duplicate` has none:
 * its reconciliations are pairs.
 */
export function partsOf(check: Check, content: RecordContent): readonly Part[] {
  if (content.withdrawn === true) return [];
  switch (check) {
    case 'legal-representative':
      return isEnterprise(content) ? representatives(content.representatives) : [];
    case 'tax-registration':
      return isEnterprise(content) || isBody(content) ? [{ index: 0, identity: '', person: null }] : [];
    case 'taxpayer-identity':
      return isTaxpayer(content) && !isBody(content) ? [taxpayerSelf(content.name, content.representative)] : [];
    case 'birth':
      return isBirth(content) ? [{ index: 0, identity: 'child', person: content.child }] : [];
    case 'death':
      return isDeath(content) ? [{ index: 0, identity: 'deceased', person: content.deceased }] : [];
    case 'marriage':
      return isMarriage(content)
        ? [
            { index: 0, identity: 'husband', person: content.husband },
            { index: 1, identity: 'wife', person: content.wife },
          ]
        : [];
    case 'duplicate':
      return [];
  }
}

function isBody(content: RecordContent): boolean {
  return isTaxpayer(content) && (content.kind === 'ORGANISATION' || content.kind === 'DEPENDENT_UNIT');
}

/** Without a representative's name, the taxpayer's own name stands for the person's. */
function taxpayerSelf(name: string, representative: PersonRef | undefined): Part {
  const person = representative?.fullName === undefined ? { ...representative, fullName: name } : representative;
  return { index: 0, identity: 'self', person };
}

function representatives(people: readonly PersonRef[]): readonly Part[] {
  const times = new Map<string, number>();
  return people.map((person, index) => {
    const identity = identityOf(person);
    const time = (times.get(identity) ?? 0) + 1;
    times.set(identity, time);
    return { index, identity: time === 1 ? identity : `${identity}#${time}`, person };
  });
}

function identityOf(person: PersonRef): string {
  const document = documentOf(person);
  if (document.kind === 'personal-id') return `PERSONAL_ID:${document.id.digits}`;
  if (person.documentNumber !== undefined) {
    const number = person.documentNumber.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
    return `${document.kind === 'cmnd9' ? 'CMND9' : (person.documentType ?? '')}:${number}`;
  }
  const name = person.fullName === undefined ? '' : tonedText(person.fullName);
  return `name:${name}:${person.dateOfBirth ?? ''}`;
}
