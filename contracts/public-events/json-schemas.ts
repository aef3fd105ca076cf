import { jsonSchemaFiles } from '#contracts/shared';
import { CORRECTION_EVENTS, PUBLIC_EVENTS } from './public-events.schema.ts';

/** The data of the public events as JSON Schemas, by file name. */
export const publicEventJsonSchemas = (): ReadonlyMap<string, string> =>
  jsonSchemaFiles([...PUBLIC_EVENTS, ...CORRECTION_EVENTS].map(({ data }) => data));
