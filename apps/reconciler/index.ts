export { createReconciler, UnknownRulesError, verdictOf, versionsOf, type ReconcilerDeps } from './reconciler.ts';
