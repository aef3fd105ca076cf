export * from './backoff.ts';
export * from './protocol.ts';
export * from './source-client.ts';
export * from './source-errors.ts';
