import { jsonSchemaFiles } from '#contracts/shared';
import { WorkItem } from './work-item.schema.ts';

/** The work item as a JSON Schema, by file name. */
export const workJsonSchemas = (): ReadonlyMap<string, string> => jsonSchemaFiles([WorkItem]);
