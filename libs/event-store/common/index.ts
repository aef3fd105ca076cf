export { decideAppend } from './append.decision.ts';
export type { AppendDecision, StreamContent } from './append.decision.ts';
export { checkExpected, checkName } from './checks.ts';
export { commitmentOf } from './commitment.ts';
export { follow } from './follow.ts';
export type { LogNews } from './follow.ts';
export { saltSource } from './salt.ts';
