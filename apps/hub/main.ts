import 'reflect-metadata';
import { CommanderError } from 'commander';
import { describeFailure } from '#libs/console';
import { runHub } from './run-hub.ts';

try {
  await runHub(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`khop: ${describeFailure(error)}\n`);
    if (process.env['KHOP_DEBUG'] === 'true') console.error(error);
    process.exitCode = 1;
  }
}
