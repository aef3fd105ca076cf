import Type, { type Static } from 'typebox';

/** A date as registries give it, normalised: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. A partial date is data, not an error. */
export const PartialDate = Type.String({ pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' });

/** Text as it arrived; never empty (an empty value is missing). */
export const Text = Type.String({ minLength: 1, maxLength: 2000 });

/** RFC 3339 moment at which the source last changed the record. */
export const Moment = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$',
});

/** Codes are those of the General Statistics Office, strings with leading zeros; old (before 1 July 2025) or new. */
export const Address = Type.Object(
  {
    detail: Type.Optional(Text),
    wardCode: Type.Optional(Text),
    wardName: Type.Optional(Text),
    provinceCode: Type.Optional(Text),
    provinceName: Type.Optional(Text),
    text: Type.Optional(Text),
  },
  { additionalProperties: false },
);
export type Address = Static<typeof Address>;

export const Gender = Type.Union([Type.Literal('MALE'), Type.Literal('FEMALE'), Type.Literal('UNKNOWN')]);
export type Gender = Static<typeof Gender>;

export const DocumentType = Type.Union([
  Type.Literal('PERSONAL_ID'),
  Type.Literal('CMND9'),
  Type.Literal('PASSPORT'),
  Type.Literal('OTHER'),
]);
export type DocumentType = Static<typeof DocumentType>;

/** The fields of a PersonRef, to be spread into the people of a record that carry more. */
export const personRefFields = {
  fullName: Type.Optional(Text),
  dateOfBirth: Type.Optional(PartialDate),
  gender: Type.Optional(Gender),
  nationality: Type.Optional(Text),
  documentType: Type.Optional(DocumentType),
  documentNumber: Type.Optional(Text),
};

/** A person as another record mentions them. `documentNumber` is kept as it came: it is judged, not rejected. */
export const PersonRef = Type.Object(personRefFields, { additionalProperties: false });
export type PersonRef = Static<typeof PersonRef>;

/** What every record may carry beside its own fields. */
export const versionFields = {
  updatedAt: Type.Optional(Moment),
  withdrawn: Type.Optional(Type.Boolean()),
};
