import 'reflect-metadata';
import { CommanderError } from 'commander';
import { describeFailure } from '#libs/console';
import { runHub } from './run-hub.ts';

// What the hub writes holds personal values: it is for its owner alone.
process.umask(0o077);

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
