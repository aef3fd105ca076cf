export * from './correction.commands.ts';
export * from './judgement.commands.ts';
export * from './mismatch.commands.ts';
export * from './work-command.ts';
export * from './reconciliation-command.ts';
