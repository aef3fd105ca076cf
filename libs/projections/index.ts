export * from './dashboard/index.ts';
export * from './engine/index.ts';
export * from './hub-stats/index.ts';
export * from './queue/index.ts';
export * from './stats/index.ts';
export { verdictOf as verdictIn } from './shared/index.ts';
export * from './verdicts/index.ts';
