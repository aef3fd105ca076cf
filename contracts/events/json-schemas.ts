import { jsonSchemaFiles } from '#contracts/shared';
import { EventEnvelope, eventSchema } from './envelope.schema.ts';
import { EVENTS } from './catalogue.ts';

/** Every version of every event type that a log may hold, and what they have in common, as JSON Schemas by file name. */
export const eventJsonSchemas = (): ReadonlyMap<string, string> =>
  jsonSchemaFiles([EventEnvelope, ...EVENTS.map(eventSchema)]);
