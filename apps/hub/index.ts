export * from './reading/index.ts';
export { holdAbsence, holdingAbsence } from './parts/absence-hold.ts';
export { commandSettings, type PartSettings } from './hub.settings.ts';
export { comparingWithLog } from './parts/compared-log.ts';
export { isLinkedElsewhere, startEngine, type Engine } from './parts/engine.ts';
export { ownData, RoleTakenError, type OwnedData } from './parts/ownership.ts';
export { importFile, type ImportFile, type ImportProgress, type ImportReport } from './parts/importing.ts';
export { dryRunRules, type RulesDryRunInput } from './parts/rules-dry-run.ts';
