import Type, { type Static } from 'typebox';
import { Address, Gender, PartialDate, PersonRef, Text, versionFields } from '../common.schema.ts';

export const MARITAL_STATUSES = ['SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED', 'UNKNOWN'] as const;
export const RESIDENT_STATUSES = ['ALIVE', 'DECEASED', 'MISSING'] as const;

/** An identifier that the person once had. */
export const FormerId = Type.Object(
  {
    type: Type.Union([Type.Literal('PERSONAL_ID'), Type.Literal('CMND9')]),
    value: Text,
    validTo: Type.Optional(PartialDate),
  },
  { additionalProperties: false },
);
export type FormerId = Static<typeof FormerId>;

/** `resident` of `residents`. Key: `personalId`. */
export const Resident = Type.Object(
  {
    personalId: Text,
    formerIds: Type.Optional(Type.Array(FormerId, { maxItems: 50 })),
    fullName: Text,
    otherNames: Type.Optional(Text),
    dateOfBirth: PartialDate,
    gender: Gender,
    nationality: Type.Optional(Text),
    ethnicity: Type.Optional(Text),
    placeOfBirth: Type.Optional(Address),
    hometown: Type.Optional(Address),
    permanentAddress: Type.Optional(Address),
    currentAddress: Type.Optional(Address),
    maritalStatus: Type.Optional(Type.Enum([...MARITAL_STATUSES])),
    spouse: Type.Optional(PersonRef),
    mother: Type.Optional(PersonRef),
    father: Type.Optional(PersonRef),
    householder: Type.Optional(PersonRef),
    status: Type.Enum([...RESIDENT_STATUSES]),
    diedOn: Type.Optional(PartialDate),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.resident.v1', title: 'resident' },
);
export type Resident = Static<typeof Resident>;
