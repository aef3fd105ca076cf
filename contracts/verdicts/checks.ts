import type { RecordType } from '#contracts/records';
import type { Outcome } from './words.ts';

/** Whom a check judges in a record on its left, and so how the counterpart is looked up. */
export type Subject =
  /** The persons at these paths, each by their document among the residents; the path is the person's identity in the record. */
  | { readonly kind: 'people'; readonly paths: readonly string[] }
  /** Each person of the list at this path, by their document; a person is known by it, not by their place. */
  | { readonly kind: 'each-of'; readonly path: string }
  /** An enterprise, or a body with a tax code: by the codes that each has of the other. */
  | { readonly kind: 'registration' }
  /** The person who is the taxpayer: by their document, else their tax code. */
  | { readonly kind: 'taxpayer'; readonly path: string }
  /** Two residents who may be one person: nobody is looked up. */
  | { readonly kind: 'pair' };

export interface CheckDefinition {
  /** What its verdicts are called in the log. */
  readonly events: { readonly [O in Outcome]: string };
  /** The records that may be on its left. */
  readonly from: readonly [RecordType, ...RecordType[]];
  /** The records on its right, as far as fields are compared with them. */
  readonly against: RecordType;
  readonly subject: Subject;
}

/**
 * The checks, in the order of their table; a new one goes to the end, since the linker and views store the places. What a check
 * compares stands in the rules.
 */
const TABLE = {
  'legal-representative': {
    events: names(
      'business-registration-matched',
      'business-registration-mismatched',
      'business-registration-not-applicable',
    ),
    from: ['enterprise'],
    against: 'resident',
    subject: { kind: 'each-of', path: 'representatives' },
  },
  // A taxpayer too: bodies without business registration, and those whose registration does not exist.
  'tax-registration': {
    events: names('tax-id-verified', 'tax-id-rejected', 'tax-id-not-applicable'),
    from: ['enterprise', 'taxpayer'],
    against: 'taxpayer',
    subject: { kind: 'registration' },
  },
  'taxpayer-identity': {
    events: names('taxpayer-identity-verified', 'taxpayer-identity-rejected', 'taxpayer-identity-not-applicable'),
    from: ['taxpayer'],
    against: 'resident',
    subject: { kind: 'taxpayer', path: 'representative' },
  },
  birth: {
    events: names('birth-record-matched', 'birth-record-mismatched', 'birth-record-not-applicable'),
    from: ['birth'],
    against: 'resident',
    subject: { kind: 'people', paths: ['child'] },
  },
  death: {
    events: names('death-record-matched', 'death-record-mismatched', 'death-record-not-applicable'),
    from: ['death'],
    against: 'resident',
    subject: { kind: 'people', paths: ['deceased'] },
  },
  marriage: {
    events: names('marriage-record-matched', 'marriage-record-mismatched', 'marriage-record-not-applicable'),
    from: ['marriage'],
    against: 'resident',
    subject: { kind: 'people', paths: ['husband', 'wife'] },
  },
  duplicate: {
    events: names('duplicate-cleared', 'duplicate-suspected', 'duplicate-not-applicable'),
    from: ['resident'],
    against: 'resident',
    subject: { kind: 'pair' },
  },
} as const satisfies Record<string, CheckDefinition>;

export type Check = keyof typeof TABLE;
export const CHECK_DEFINITIONS: { readonly [C in Check]: CheckDefinition } = TABLE;
export const CHECKS = Object.keys(TABLE) as readonly Check[];

/** Whether a check may have several persons of one record to judge. */
export function judgesSeveral(check: Check): boolean {
  const { subject } = CHECK_DEFINITIONS[check];
  return subject.kind === 'each-of' || (subject.kind === 'people' && subject.paths.length > 1);
}

function names(matched: string, mismatched: string, notApplicable: string): { readonly [O in Outcome]: string } {
  const wire = (name: string): string => `khop.reconciliation.${name}.v1`;
  return { MATCHED: wire(matched), MISMATCHED: wire(mismatched), NOT_APPLICABLE: wire(notApplicable) };
}
