export { readIntakes, readStats, type IntakeStats, type Stats } from './read-stats.ts';
export { statsProjection } from './stats.projection.ts';
