import Type, { type Static } from 'typebox';
import { Address, PartialDate, Text, personRefFields, versionFields } from '../common.schema.ts';

export const ENTERPRISE_TYPES = [
  'SINGLE_MEMBER_LLC',
  'MULTI_MEMBER_LLC',
  'JOINT_STOCK',
  'PARTNERSHIP',
  'SOLE_PROPRIETORSHIP',
  'BRANCH',
  'REPRESENTATIVE_OFFICE',
  'BUSINESS_LOCATION',
  'COOPERATIVE',
  'COOPERATIVE_UNION',
  'HOUSEHOLD_BUSINESS',
] as const;

export const ENTERPRISE_STATUSES = [
  'ACTIVE',
  'SUSPENDED',
  'NOT_AT_ADDRESS',
  'REVOKED',
  'DISSOLVING',
  'REORGANISED',
  'DISSOLVED',
  'BANKRUPT',
] as const;

export const Representative = Type.Object(
  { ...personRefFields, title: Type.Optional(Text) },
  { additionalProperties: false },
);
export type Representative = Static<typeof Representative>;

/** `enterprise` of `enterprise-registry`. Key: `enterpriseCode`. */
export const Enterprise = Type.Object(
  {
    enterpriseCode: Text,
    taxCode: Type.Optional(Text),
    name: Text,
    shortName: Type.Optional(Text),
    foreignName: Type.Optional(Text),
    type: Type.Enum([...ENTERPRISE_TYPES]),
    status: Type.Enum([...ENTERPRISE_STATUSES]),
    parentCode: Type.Optional(Text),
    foundedOn: Type.Optional(PartialDate),
    lastAmendedOn: Type.Optional(PartialDate),
    headOffice: Type.Optional(Address),
    representatives: Type.Array(Representative, { minItems: 1, maxItems: 200 }),
    ...versionFields,
  },
  { additionalProperties: false, $id: 'khop.record.enterprise.v1', title: 'enterprise' },
);
export type Enterprise = Static<typeof Enterprise>;
