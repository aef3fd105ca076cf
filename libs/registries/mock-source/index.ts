export { readJsonl } from './jsonl.ts';
export { openMockSource, type MockSource, type MockSourceOptions, type SourceSettings } from './mock-source.ts';
export { REFUSALS } from './officer.ts';
export { openRegistrySource } from './registry-source.ts';
