export { CommandError, describeFailure, EXIT } from './failure.ts';
export { startProgress, type Progress } from './progress.ts';
export { table } from './table.ts';
