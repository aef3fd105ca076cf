import { LabelTable } from './fold.ts';

/** Which code a field holds. The first four are checked where they stand in the record's own key; elsewhere none is refused. */
export type RegistryCode = 'enterprise' | 'tax' | 'personal-id' | 'ward' | 'province';

/** The values of a code list, and their spellings; the code itself is one of them. */
export interface Spellings {
  readonly codes: ReadonlySet<string>;
  readonly labels: Pick<LabelTable<string>, 'get'>;
}

interface Labelled {
  /** Column headers beside the dotted path, in any letter case. */
  readonly aliases: readonly string[];
}

/** One field of a record: what its value is and how it may be written. */
export type FieldSpec =
  | (Labelled & { readonly kind: 'text' })
  | (Labelled & { readonly kind: 'date' })
  | (Labelled & { readonly kind: 'moment' })
  | (Labelled & { readonly kind: 'flag' })
  /** `own`: of the record's own key, which must be well-formed; any other code is kept as it came and judged later. */
  | (Labelled & { readonly kind: 'code'; readonly code: RegistryCode; readonly own: boolean })
  | (Labelled & { readonly kind: 'choice'; readonly spellings: Spellings })
  | { readonly kind: 'object'; readonly fields: Fields }
  /** `column`: what the list is called in column headers (`representative.fullName`); `first`: columns of a one-element list. */
  | {
      readonly kind: 'list';
      readonly fields: Fields;
      readonly column: string;
      readonly first: readonly ListColumn[];
    };

/** A column that makes one element of a list by itself, such as `Số CMND`: a `CMND9` among the former ids. */
export interface ListColumn extends Labelled {
  readonly field: string;
  readonly constants: Readonly<Record<string, string>>;
}

export interface Fields {
  readonly [name: string]: FieldSpec;
}

export type LeafSpec = Exclude<FieldSpec, { readonly kind: 'object' | 'list' }>;

export const text = (...aliases: string[]): FieldSpec => ({ kind: 'text', aliases });
export const date = (...aliases: string[]): FieldSpec => ({ kind: 'date', aliases });
export const code = (kind: RegistryCode, ...aliases: string[]): FieldSpec => ({
  kind: 'code',
  code: kind,
  own: false,
  aliases,
});
export const ownCode = (kind: RegistryCode, ...aliases: string[]): FieldSpec => ({
  kind: 'code',
  code: kind,
  own: true,
  aliases,
});
export const choice = (spellings: Spellings, ...aliases: string[]): FieldSpec => ({
  kind: 'choice',
  spellings,
  aliases,
});
export const object = (fields: Fields): FieldSpec => ({ kind: 'object', fields });
export const list = (column: string, fields: Fields, first: readonly ListColumn[] = []): FieldSpec => ({
  kind: 'list',
  fields,
  column,
  first,
});

/** What every record may carry beside its own fields. */
export const versionFieldSpecs: Fields = {
  updatedAt: { kind: 'moment', aliases: ['Ngày cập nhật', 'Thời điểm cập nhật'] },
  withdrawn: { kind: 'flag', aliases: ['Đã xóa', 'Đã hủy bản ghi'] },
};

/** Builds the spellings of a code list. Throws when one spelling is claimed by two codes. */
export function spellings(table: Readonly<Record<string, readonly string[]>>): Spellings {
  const labels = new LabelTable<string>();
  for (const [value, spelt] of Object.entries(table)) {
    for (const spelling of [value, ...spelt]) labels.set(spelling, value);
  }
  return { codes: new Set(Object.keys(table)), labels };
}

/** The code that a spelling stands for; undefined when it stands for none. */
export const spelled = ({ codes, labels }: Spellings, value: string): string | undefined =>
  codes.has(value) ? value : labels.get(value);
