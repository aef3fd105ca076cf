export { dataDirectory, type DataDirectory } from './data-directory.ts';
export { holdAbsence, holdingAbsence } from './parts/absence-hold.ts';
export { startEngine, type Engine } from './parts/engine.ts';
export { ownData, RoleTakenError, type OwnedData } from './parts/ownership.ts';
export { hubProjections } from './parts/projections.ts';
export { findHubAddress } from './parts/hub-address.ts';
export { importFile, type ImportFile, type ImportProgress, type ImportReport } from './parts/importing.ts';
export { describeHubStats, readStatsIn } from './summary.ts';
export { openLog } from './parts/log.ts';
