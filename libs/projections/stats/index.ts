export { readIntakes, readRecordCounts, readStats, type IntakeStats, type Stats } from './read-stats.ts';
export { statsProjection } from './stats.projection.ts';
