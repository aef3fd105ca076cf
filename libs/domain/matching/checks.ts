import { forEachRecord, type PersonRef, type RecordContent, type RecordType } from '#contracts/records';
import { CHECK_DEFINITIONS, CHECKS, type Check, type Subject } from '#contracts/verdicts';
import { tonedText } from '../identity/index.ts';
import { documentOf } from './documents.ts';
import { isObject, valueAt } from './plan.ts';
import { isEnterprise, isTaxpayer } from './records.ts';

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

const CHECKS_FROM = forEachRecord(({ record }) =>
  CHECKS.filter((check) => CHECK_DEFINITIONS[check].from.includes(record)),
);

/** The checks whose left side a record of this type is. */
export function checksFrom(record: RecordType): readonly Check[] {
  return CHECKS_FROM[record];
}

/**
 * The parts of a record that a check judges; none when the check does not concern the record, or it is withdrawn. `duplicate` has none:
 * its reconciliations are pairs.
 */
export function partsOf(check: Check, content: RecordContent): readonly Part[] {
  return content.withdrawn === true ? NO_PARTS : PARTS_OF[check](content);
}

const NO_PARTS: readonly Part[] = [];
const WHOLE: readonly Part[] = [{ index: 0, identity: '', person: null }];

type ReadParts = (content: RecordContent) => readonly Part[];

/** How each check finds its parts, made ready once: every change of a record asks. */
const PARTS_OF = Object.fromEntries(CHECKS.map((check) => [check, readerOf(CHECK_DEFINITIONS[check].subject)])) as {
  readonly [C in Check]: ReadParts;
};

function readerOf(subject: Subject): ReadParts {
  switch (subject.kind) {
    case 'people':
      return people(subject.paths);
    case 'each-of': {
      const path = subject.path.split('.');
      return (content) => eachOf(valueAt(content, path));
    }
    case 'registration':
      return (content) => (isEnterprise(content) || isBody(content) ? WHOLE : NO_PARTS);
    case 'taxpayer':
      return (content) =>
        isTaxpayer(content) && !isBody(content) ? [taxpayerSelf(content.name, content.representative)] : NO_PARTS;
    case 'pair':
      return () => NO_PARTS;
  }
}

/** All of them, or none: a record that lacks one of the persons is no record of the check's. */
function people(identities: readonly string[]): ReadParts {
  const paths = identities.map((identity) => ({ identity, path: identity.split('.') }));
  return (content) => {
    const parts: Part[] = [];
    for (const { identity, path } of paths) {
      const person = valueAt(content, path);
      if (!isPerson(person)) return NO_PARTS;
      parts.push({ index: parts.length, identity, person });
    }
    return parts;
  };
}

function isPerson(value: unknown): value is PersonRef {
  return isObject(value);
}

function isBody(content: RecordContent): boolean {
  return isTaxpayer(content) && (content.kind === 'ORGANISATION' || content.kind === 'DEPENDENT_UNIT');
}

/** Without a representative's name, the taxpayer's own name stands for the person's. */
function taxpayerSelf(name: string, representative: PersonRef | undefined): Part {
  const person = representative?.fullName === undefined ? { ...representative, fullName: name } : representative;
  return { index: 0, identity: 'self', person };
}

function eachOf(list: unknown): readonly Part[] {
  if (!Array.isArray(list)) return NO_PARTS;
  const times = new Map<string, number>();
  return list.filter(isPerson).map((person, index) => {
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
