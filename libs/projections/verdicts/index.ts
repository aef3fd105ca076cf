export { exportVerdicts, type ExportVerdictsOptions } from './export-verdicts.ts';
export { findTouching, type ReconciliationAddress, type Touching } from './find-touching.ts';
export { findVerdictEvents } from './find-events.ts';
export { findVerdictsOf, type VerdictOfRecord } from './find-verdicts.ts';
export { readVerdictCounts, type VerdictCounts } from './verdict-counts.ts';
export { verdictsProjection } from './verdicts.projection.ts';
