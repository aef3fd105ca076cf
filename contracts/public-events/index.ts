export { asyncApi } from './asyncapi.ts';
export type { PublicEventDefinition } from './public-event.ts';
export * from './public-events.schema.ts';
export * from './topics.ts';
