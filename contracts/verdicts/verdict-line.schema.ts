import Type from 'typebox';
import { RegistryName } from '#contracts/records';
import { Closed, literals, Name, nullable, type Of } from '#contracts/shared';
import { CHECKS } from './checks.ts';
import { Codes, codesTellMismatch, comparedWith, Findings } from './verdict.schema.ts';
import { OUTCOMES } from './words.ts';

const MOST_CANDIDATES = 5;

/** One line of the `verdicts` export: the contract of `record-formats`. Keys are personal. */
export const VerdictLine = Type.Object(
  {
    check: literals(CHECKS),
    registry: RegistryName,
    recordKey: Name,
    /** Which person of the record was checked. */
    part: Type.Integer({ minimum: 0 }),
    counterpart: nullable(Type.Object({ registry: RegistryName, recordKey: Name }, Closed)),
    outcome: literals(OUTCOMES),
    codes: Codes,
    fields: Findings,
    /** Best first; there only where no counterpart was found and someone comes into question. */
    candidates: Type.Optional(
      Type.Array(Type.Object({ recordKey: Name, score: Type.Number({ minimum: 0, maximum: 1 }) }, Closed), {
        minItems: 1,
        maxItems: MOST_CANDIDATES,
      }),
    ),
    /** Version of the rules, such as `2026-11-01`. */
    rules: Name,
  },
  {
    ...Closed,
    $id: 'khop.verdict-line.v1',
    title: 'verdict-line',
    allOf: [
      codesTellMismatch,
      comparedWith('counterpart', 'fields'),
      { if: { required: ['candidates'] }, then: { properties: { counterpart: { type: 'null' } } } },
    ],
  },
);
export type VerdictLine = Of<typeof VerdictLine>;
