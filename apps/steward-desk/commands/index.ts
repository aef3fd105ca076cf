export type { CommandAnswer, CommandDone, CommandRefused } from './command-answer.ts';
export type { CommandRequest } from './command-request.ts';
export { handleReconciliationCommand, type CommandDeps } from './reconciliation-command.handler.ts';
