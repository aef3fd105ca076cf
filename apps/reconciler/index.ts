export { createReconciler, UnknownRulesError, type ReconcilerDeps } from './reconciler.ts';
