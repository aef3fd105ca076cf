export { createReconciler, UnknownRulesError, verdictOf, versionsOf, type ReconcilerDeps } from './reconciler.ts';
export { startReconciling, type ReconcilingOptions } from './start-reconciling.ts';
