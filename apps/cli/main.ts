import { CommanderError } from 'commander';
import { describeFailure, EXIT } from './failure.ts';
import { createProgram } from './program.ts';

/** A reader that has seen enough closes the pipe: that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// What the command writes holds personal values: it is for its owner alone.
process.umask(0o077);

try {
  await (await createProgram(process.argv.slice(2))).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`khop: ${describeFailure(error)}\n`);
    if (process.env['KHOP_DEBUG'] === 'true') console.error(error);
    process.exitCode = EXIT.failed;
  }
}
