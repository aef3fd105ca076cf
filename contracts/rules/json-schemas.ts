import { jsonSchemaFiles } from '#contracts/shared';
import { Rules } from './rules.schema.ts';

/** The rules as a JSON Schema, by file name. */
export const rulesJsonSchemas = (): ReadonlyMap<string, string> => jsonSchemaFiles([Rules]);
