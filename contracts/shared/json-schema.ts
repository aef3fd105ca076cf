import type { TSchema } from 'typebox';

const DIALECT = 'http://json-schema.org/draft-07/schema#';

/**
 * A schema as the JSON Schema that is committed beside it. A schema inside it that has an `$id` of its own stands in its own
 * file, and is referred to by that id.
 */
export function jsonSchemaOf(schema: TSchema): string {
  const { $id, title, ...rest } = schema as TSchema & { readonly $id?: string; readonly title?: string };
  return JSON.stringify({ $schema: DIALECT, $id, title, ...rest }, referred, 2);
}

function referred(key: string, value: unknown): unknown {
  const isReferred = key !== '' && typeof value === 'object' && value !== null && '$id' in value;
  return isReferred ? { $ref: value.$id } : value;
}

/** The JSON Schemas of a contract, by file name: each is named by its title. */
export function jsonSchemaFiles(schemas: readonly TSchema[]): ReadonlyMap<string, string> {
  return new Map(schemas.map((schema) => [fileOf(schema), jsonSchemaOf(schema)]));
}

function fileOf({ title }: TSchema & { readonly title?: string }): string {
  if (title === undefined) throw new TypeError('a schema that stands in a file of its own needs a title');
  return `${title}.schema.json`;
}
