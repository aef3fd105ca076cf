export { CommandError, describeFailure, EXIT } from './failure.ts';
export { startProgress, type Progress } from './progress.ts';
export { stopSignal } from './stop-signal.ts';
export { table } from './table.ts';
