export { readVerdictCounts, type VerdictCounts } from './verdict-counts.ts';
export { verdictsProjection } from './verdicts.projection.ts';
