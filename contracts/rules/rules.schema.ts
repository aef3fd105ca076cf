import Type, { type Static } from 'typebox';
import { REGISTRY_OF, RegistryName } from '#contracts/records';
import { Closed } from '#contracts/shared';
import { CHECK_DEFINITIONS, CHECKS, type Check } from '#contracts/verdicts';

const Statuses = Type.Record(Type.String(), Type.Array(Type.String()));

/**
 * Where the left value stands: `person.…` in the person that is checked, `spouse.…` in the other spouse of a marriage,
 * `record.…` in the whole record; or a constant where the record's existence is the statement (a death).
 */
const LeftValue = Type.Union([
  Type.String({ pattern: '^(person|spouse|record)([.][A-Za-z]+)+$' }),
  Type.Object({ constant: Type.String({ minLength: 1 }) }, Closed),
]);

const comparison = {
  /** Name of the field in findings. */
  field: Type.String({ minLength: 1 }),
  left: LeftValue,
  /** Path in the counterpart. */
  right: Type.String({ pattern: '^[A-Za-z]+([.][A-Za-z]+)*$' }),
  /** Whether a difference makes the record a mismatch. */
  material: Type.Boolean(),
  /** Which registry owns the field, and so gets the correction request. */
  authority: RegistryName,
};

/** A field whose two values are compared with each other. */
export const ValueRule = Type.Object(
  { ...comparison, comparator: Type.Enum(['name', 'company-name', 'date', 'gender', 'place']) },
  Closed,
);
export type ValueRule = Static<typeof ValueRule>;

/** Two statuses: which right ones may stand beside a left one (every other pair conflicts), or which may not. */
export const StatusTable = Type.Union([
  Type.Object({ compatible: Statuses }, Closed),
  Type.Object({ conflicting: Statuses }, Closed),
]);
export type StatusTable = Static<typeof StatusTable>;

/** A field whose two values are statuses of different lists; a conflict is `STATUS_CONFLICT`, not `FIELD_MISMATCH`. */
export const StatusRule = Type.Object(
  { ...comparison, comparator: Type.Literal('statuses'), table: StatusTable },
  Closed,
);
export type StatusRule = Static<typeof StatusRule>;

export const FieldRule = Type.Union([ValueRule, StatusRule]);
export type FieldRule = Static<typeof FieldRule>;

export const CheckRules = Type.Object(
  {
    /** The compared fields, in the order of findings. */
    fields: Type.Array(FieldRule),
    /** Which registry gets the correction request for what no field says (`NOT_FOUND`, `NO_ID`, …). */
    authority: RegistryName,
    /** The person found must be alive (`DECEASED`), unless the checked record has one of these statuses. */
    alive: Type.Optional(Type.Object({ unlessStatus: Type.Array(Type.String()) }, Closed)),
  },
  Closed,
);
export type CheckRules = Static<typeof CheckRules>;

/** What the checks compare, how, and what is material: versioned data, activated by an event. */
export const Rules = Type.Object(
  {
    /** Version, such as `2026-11-01`. */
    version: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    /** A 9-digit number that more residents than this hold is a placeholder: reported once, no pairs. */
    maxCmnd9Holders: Type.Integer({ minimum: 1 }),
    /** A version that is older than a check does not have it. */
    checks: Type.Object(Object.fromEntries(CHECKS.map((check) => [check, Type.Optional(CheckRules)])), Closed),
  },
  { ...Closed, $id: 'khop.rules.v1', title: 'rules' },
);
export type Rules = Omit<Static<typeof Rules>, 'checks'> & { checks: { [C in Check]?: CheckRules } };

/** What a version of the rules says of a check. One that does not have the check compares no field. */
export function rulesOfCheck({ checks }: Rules, check: Check): CheckRules {
  return checks[check] ?? { fields: [], authority: REGISTRY_OF[CHECK_DEFINITIONS[check].from[0]] };
}
