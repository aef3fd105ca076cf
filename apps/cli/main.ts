import { CommanderError } from 'commander';
import { startTracingBy } from '#libs/telemetry';
import { describeFailure, EXIT } from './failure.ts';
import { createProgram } from './program.ts';

/** A reader that has seen enough closes the pipe: that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// What the command writes holds personal values: it is for its owner alone.
process.umask(0o077);

try {
  const traces = await startTracingBy(process.env, 'khop');
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync(process.argv).finally(() => traces.close());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`khop: ${describeFailure(error)}\n`);
    if (process.env['KHOP_DEBUG'] === 'true') console.error(error);
    process.exitCode = EXIT.failed;
  }
}
