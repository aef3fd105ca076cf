import type { RecordContent } from '#contracts/records';
import { rulesOfCheck, type Rules } from '#contracts/rules';
import { CHECK_DEFINITIONS, type Check } from '#contracts/verdicts';
import { partsOf, type Part } from '#libs/domain/matching';

/** Which person of a record a reconciliation is about; null for the record itself. */
export interface Place {
  /** Path of the person in the record, such as `representatives.0` or `child`; empty for the record itself. */
  readonly person: string;
  /** Path of the other spouse of a marriage. */
  readonly spouse: string;
}

/** The fields of whoever a check is about, as they are called in every record. */
export const PERSON_FIELDS: ReadonlySet<string> = new Set([
  'fullName',
  'dateOfBirth',
  'gender',
  'nationality',
  'documentType',
  'documentNumber',
]);

/** Where in a record of the left side the person of a check's part stands. */
export function placeOf(check: Check, part: Pick<Part, 'index' | 'identity'>): Place {
  const { subject } = CHECK_DEFINITIONS[check];
  switch (subject.kind) {
    case 'people':
      return { person: part.identity, spouse: subject.paths.find((path) => path !== part.identity) ?? '' };
    case 'each-of':
      return { person: `${subject.path}.${part.index}`, spouse: '' };
    case 'taxpayer':
      return { person: subject.path, spouse: '' };
    case 'registration':
    case 'pair':
      return { person: '', spouse: '' };
  }
}

/** The part of a left record whose reconciliation satisfies `isIt`. */
export function findPart(check: Check, content: RecordContent, isIt: (identity: string) => boolean): Part | undefined {
  return partsOf(check, content).find((part) => isIt(part.identity));
}

/**
 * Where a finding's field stands in the record of one side, by the rules: `fullName` of a representative is
 * `representatives.0.fullName`. A field may go on below that of the rules (`address.wardCode`). What the rules don't name is a field
 * of the person (`documentNumber`) or else of the record, as it is written.
 */
export function pathOf(rules: Rules, check: Check, side: 'left' | 'right', field: string, place: Place): string {
  const rule = rulesOfCheck(rules, check)
    .fields.filter((one) => field === one.field || field.startsWith(`${one.field}.`))
    .sort((a, b) => b.field.length - a.field.length)[0];
  if (rule === undefined) {
    return side === 'left' && PERSON_FIELDS.has(field) ? below(place.person, field) : field;
  }
  const rest = field.slice(rule.field.length);
  if (side === 'right') return rule.right + rest;
  if (typeof rule.left !== 'string') return field;
  const [root = '', ...path] = rule.left.split('.');
  const start = root === 'person' ? place.person : root === 'spouse' ? place.spouse : '';
  return below(start, path.join('.')) + rest;
}

const below = (parent: string, path: string): string => (parent === '' ? path : `${parent}.${path}`);
