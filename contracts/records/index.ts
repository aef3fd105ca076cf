export * from './civil-status/index.ts';
export * from './common.schema.ts';
export * from './enterprise-registry/index.ts';
export * from './names.ts';
export * from './residents/index.ts';
export * from './tax-office/index.ts';
