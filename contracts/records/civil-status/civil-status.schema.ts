import Type, { type Static } from 'typebox';
import { Address, PartialDate, PersonRef, Text, personRefFields, versionFields } from '../common.schema.ts';

/** Where a civil-status act stands in the books; the four together are the record's key. */
export const Register = Type.Object(
  { wardCode: Text, book: Text, number: Text, registeredOn: PartialDate },
  { additionalProperties: false },
);
export type Register = Static<typeof Register>;

/** `birth` of `civil-status`. Key: `wardCode/book/number/registeredOn`, a slash inside a part written `%2F`. */
export const Birth = Type.Object(
  {
    register: Register,
    child: Type.Object(
      {
        ...personRefFields,
        placeOfBirth: Type.Optional(Address),
        hometown: Type.Optional(Address),
        ethnicity: Type.Optional(Text),
      },
      { additionalProperties: false },
    ),
    mother: Type.Optional(PersonRef),
    father: Type.Optional(PersonRef),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.birth.v1', title: 'birth' },
);
export type Birth = Static<typeof Birth>;

/** `death` of `civil-status`. Key as for `birth`. */
export const Death = Type.Object(
  {
    register: Register,
    deceased: PersonRef,
    diedOn: PartialDate,
    placeOfDeath: Type.Optional(Address),
    cause: Type.Optional(Text),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.death.v1', title: 'death' },
);
export type Death = Static<typeof Death>;

export const MARRIAGE_STATUSES = ['IN_FORCE', 'DIVORCED', 'ANNULLED'] as const;

/** `marriage` of `civil-status`. Key as for `birth`. */
export const Marriage = Type.Object(
  {
    register: Register,
    husband: PersonRef,
    wife: PersonRef,
    establishedOn: PartialDate,
    status: Type.Enum([...MARRIAGE_STATUSES]),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.marriage.v1', title: 'marriage' },
);
export type Marriage = Static<typeof Marriage>;
