import type { TObject } from 'typebox';
import type { JsonObject } from '#contracts/shared';
import type { Fields } from './field.ts';

/**
 * Everything that the hub needs to know of one record type: data and one mapper. A new record type is a new definition in the
 * list of `registries.ts`; the code that reads files, validates, appends, and shows stays as it is.
 */
export interface RecordDefinition<
  Registry extends string = string,
  Record extends string = string,
  Schema extends TObject = TObject,
> {
  /** The registry that keeps these records. */
  readonly registry: Registry;
  readonly record: Record;
  /** What a file of these records may be called, singular and plural. */
  readonly fileNames: readonly string[];
  /** The record as it is stored; compiled into a validator. */
  readonly schema: Schema;
  readonly fields: Fields;
  /** The top-level fields that make up the key: enough beside `withdrawn`. */
  readonly keyFields: readonly string[];
  /** The key of a content whose key fields are there and well-formed. */
  readonly keyOf: (content: JsonObject) => string;
  /** How a key is written, where that needs saying. */
  readonly keyForm?: string;
  /** In CSV and XLSX: rows with the same value in the column `by` are one record, each with one element of `list`. */
  readonly grouping?: { readonly by: string; readonly list: string };
  /** Paths of the names by which a record is shown, and found. */
  readonly names: readonly string[];
  /** Paths of further names by which it is found; a path may lead to a field of each element of a list. */
  readonly otherNames?: readonly string[];
  /** Paths of the places that tell the ward it belongs to: the first one that it has counts. */
  readonly places: readonly string[];
  /** An invented record for templates. */
  readonly example: JsonObject;
}

/** A definition, with its names and its schema kept as types. */
export const defineRecord = <const Registry extends string, const Record extends string, Schema extends TObject>(
  definition: RecordDefinition<Registry, Record, Schema>,
): RecordDefinition<Registry, Record, Schema> => definition;

/** A top-level text of a content. */
export function textOf(content: JsonObject, field: string): string {
  const value = content[field];
  return typeof value === 'string' ? value : '';
}
