import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import type { Applier, Reference } from '../references/reference.ts';
import { yearOf } from '../text/dates.ts';
import type { Block } from '../block.ts';
import type { Person } from '../people/person.ts';
import type { ReferenceVariation, TaxpayerVariation } from '../variations/index.ts';

/** A person as the tax office knows them. */
export interface IndividualDraft extends Reference {
  taxCode: string;
  /** The record has no representative: its name is all that it says of the person. */
  nameOnly: boolean;
}

/** Only for those whose tax code is their personal ID. */
const byPersonalId =
  (apply: Applier<IndividualDraft>): Applier<IndividualDraft> =>
  (draft, block) =>
    draft.numberFixed && apply(draft, block);

const withoutDocument = (draft: IndividualDraft): boolean =>
  delete draft.ref.documentNumber && delete draft.ref.documentType;

function unknownId({ index, gender, dateOfBirth }: Person, { identifiers }: Block): string {
  return identifiers.unknownPersonalId(index, gender, yearOf(dateOfBirth));
}

export const TAXPAYER_APPLIERS: Readonly<Record<TaxpayerVariation | ReferenceVariation, Applier<IndividualDraft>>> = {
  ...REFERENCE_APPLIERS,
  'taxpayer-name-only': byPersonalId((draft) => {
    draft.nameOnly = true;
    return true;
  }),
  'taxpayer-without-document': byPersonalId(withoutDocument),
  'tax-code-other-person': byPersonalId((draft, block) => {
    draft.taxCode = unknownId(draft.person, block);
    return true;
  }),
  'tax-code-superseded': byPersonalId((draft, { identifiers }) => {
    const { person } = draft;
    const { index, gender, dateOfBirth } = person;
    person.formerPersonalId ??= identifiers.formerPersonalId(index, gender, yearOf(dateOfBirth));
    draft.taxCode = person.formerPersonalId;
    return withoutDocument(draft);
  }),
  'tax-code-unknown-person': byPersonalId((draft, block) => {
    draft.taxCode = unknownId(draft.person, block);
    return withoutDocument(draft);
  }),
};
