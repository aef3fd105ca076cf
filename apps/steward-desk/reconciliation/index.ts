export { comparedFields, findPart, type Compared } from './compared-fields.ts';
export { findReconciliation, type Reconciliation } from './read-reconciliation.ts';
