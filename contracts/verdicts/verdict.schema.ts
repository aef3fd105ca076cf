import Type from 'typebox';
import { Closed, literals, Name, nullable, StreamVersion, type Of } from '#contracts/shared';
import { CHECKS } from './checks.ts';
import { CODES, EQUIVALENT_WHYS, FIELD_VERDICTS, OUTCOMES, SIMILAR_WHYS, type FieldVerdict } from './words.ts';

/** A version of a record, by reference: no key, name or number in it. */
export const VersionRef = Type.Object({ stream: Name, version: StreamVersion }, Closed);
export type VersionRef = Of<typeof VersionRef>;

const isVerdict = (verdict: FieldVerdict) => ({ properties: { verdict: { const: verdict } } });

/** What one field's comparison gave, where it is not `EQUAL`. `why` is there for `EQUIVALENT` and `SIMILAR` only. */
export const Finding = Type.Object(
  {
    field: Name,
    verdict: literals(FIELD_VERDICTS),
    why: Type.Optional(literals([...EQUIVALENT_WHYS, ...SIMILAR_WHYS])),
  },
  {
    ...Closed,
    if: isVerdict('EQUIVALENT'),
    then: { required: ['why'], properties: { why: { enum: EQUIVALENT_WHYS } } },
    else: {
      if: isVerdict('SIMILAR'),
      then: { required: ['why'], properties: { why: { enum: SIMILAR_WHYS } } },
      else: { properties: { why: false, verdict: { not: { const: 'EQUAL' } } } },
    },
  },
);
export type Finding = Of<typeof Finding>;

/** Every compared field that is not `EQUAL`, in the order of the rules; empty when there is no counterpart. */
export const Findings = Type.Array(Finding);

/** A mismatch says why; nothing else has a code. */
export const codesTellMismatch = {
  if: { properties: { outcome: { const: 'MISMATCHED' } } },
  then: { properties: { codes: { type: 'array', minItems: 1 } } },
  else: { properties: { codes: { type: 'array', maxItems: 0 } } },
};

/** Without a counterpart nothing was compared. */
export const comparedWith = (side: string, findings: string) => ({
  if: { properties: { [side]: { type: 'null' } } },
  then: { properties: { [findings]: { type: 'array', maxItems: 0 } } },
});

export const Codes = Type.Array(literals(CODES), { uniqueItems: true });

/**
 * What a check said: the payload that all verdict events share. It names fields and points to versions and
 * holds no personal value.
 */
export const Verdict = Type.Object(
  {
    check: literals(CHECKS),
    outcome: literals(OUTCOMES),
    codes: Codes,
    findings: Findings,
    left: VersionRef,
    right: nullable(VersionRef),
    /** Version of the rules, such as `2026-11-01`. */
    rules: Name,
    /** Hash of the rules with the data tables that they use. */
    rulesHash: Name,
    /** Log position of the newest input: a record change or the activation of rules. */
    asOf: Type.Integer({ minimum: 0 }),
    /** Keyed hash of the values compared: a settlement lapses when it changes. */
    valuesHash: Name,
    /** New ward code of the checked record's place, or null when it is unknown: for facets. */
    ward: nullable(Name),
  },
  {
    ...Closed,
    $id: 'khop.verdict.v1',
    title: 'verdict',
    allOf: [codesTellMismatch, comparedWith('right', 'findings')],
  },
);
export type Verdict = Of<typeof Verdict>;
