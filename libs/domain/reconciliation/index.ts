export { saysTheSame } from './judgement.decider.ts';
export { decide } from './reconciliation.decider.ts';
export type { Accepted, Decision, Refusal } from './reconciliation.decision.ts';
export type { DecidedEvent, ReconciliationEvent } from './reconciliation.event.ts';
export { evolve } from './reconciliation.evolve.ts';
export * from './reconciliation.phases.ts';
export * from './reconciliation.state.ts';
export * from './queue-item.ts';
