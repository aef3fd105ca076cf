import Type, { type Static } from 'typebox';
import { Address, PartialDate, PersonRef, Text, versionFields } from '../common.schema.ts';

export const TAXPAYER_KINDS = ['ORGANISATION', 'DEPENDENT_UNIT', 'HOUSEHOLD_BUSINESS', 'INDIVIDUAL'] as const;
export const TAXPAYER_STATUSES = ['00', '01', '02', '03', '05', '06', '07', '09', '10'] as const;

/** `taxpayer` of `tax-office`. Key: `taxCode`. */
export const Taxpayer = Type.Object(
  {
    taxCode: Text,
    kind: Type.Enum([...TAXPAYER_KINDS]),
    name: Text,
    status: Type.Enum([...TAXPAYER_STATUSES]),
    enterpriseCode: Type.Optional(Text),
    address: Type.Optional(Address),
    issuedOn: Type.Optional(PartialDate),
    managingOffice: Type.Optional(Text),
    representative: Type.Optional(PersonRef),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.taxpayer.v1', title: 'taxpayer' },
);
export type Taxpayer = Static<typeof Taxpayer>;
