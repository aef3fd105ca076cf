export * from './definitions/index.ts';
export * from './files/index.ts';
export * from './intake/index.ts';
export * from './quarantine/index.ts';
export * from './templates/index.ts';
export * from './validation/index.ts';
