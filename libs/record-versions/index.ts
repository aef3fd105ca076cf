export * from './record-versions.ts';
