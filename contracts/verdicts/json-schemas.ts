import { jsonSchemaFiles } from '#contracts/shared';
import { VerdictLine } from './verdict-line.schema.ts';
import { Verdict } from './verdict.schema.ts';

/** The verdict as events hold it, and the line of the export, as JSON Schemas by file name. */
export const verdictJsonSchemas = (): ReadonlyMap<string, string> => jsonSchemaFiles([Verdict, VerdictLine]);
