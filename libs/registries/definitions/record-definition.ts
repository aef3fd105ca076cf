import type { RecordType, Registry } from '#contracts/records';
import type { JsonObject } from '#libs/event-store/port';
import type { TObject } from 'typebox';
import type { Fields } from './field.ts';

/**
 * Everything that taking in one record type needs to know: data and one mapper. A new registry is a new definition; the
 * code that reads files, validates, and appends stays as it is.
 */
export interface RecordDefinition {
  readonly registry: Registry;
  readonly record: RecordType;
  /** What a file of these records may be called, singular and plural. */
  readonly fileNames: readonly string[];
  /** The record as it is stored; compiled into a validator. */
  readonly schema: TObject;
  readonly fields: Fields;
  /** The top-level fields that make up the key: enough beside `withdrawn`. */
  readonly keyFields: readonly string[];
  /** The key of a content whose key fields are there and well-formed. */
  readonly keyOf: (content: JsonObject) => string;
  /** In CSV and XLSX: rows with the same value in the column `by` are one record, each with one element of `list`. */
  readonly grouping?: { readonly by: string; readonly list: string };
  /** An invented record for templates. */
  readonly example: JsonObject;
}

/** A top-level text of a content. */
export function textOf(content: JsonObject, field: string): string {
  const value = content[field];
  return typeof value === 'string' ? value : '';
}
