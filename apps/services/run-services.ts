import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PlannedService } from './plan.ts';

export interface RunOptions {
  /** Gets what the services say, line by line, each with its service in front. */
  readonly print: (line: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends them all. */
  readonly signal: AbortSignal;
}

/** Who does not end by itself within this time is ended by force. */
const KILL_AFTER_MILLISECONDS = 25_000;

const mainOf = (app: string): string => fileURLToPath(new URL(`../${app}/main.js`, import.meta.url));

/**
 * Runs services as processes of this machine until the signal is aborted, and says so when one of them ends before: it is not started
 * again. Resolves, when all have ended, with whether each ended because it was told to.
 */
export async function runServices(planned: readonly PlannedService[], options: RunOptions): Promise<boolean> {
  const width = Math.max(...planned.map(({ name }) => name.length));
  const print = (name: string, line: string): void => options.print(`${name.padEnd(width)} | ${line}`);
  const results = await Promise.all(
    planned.map((service) => runOne(service, { ...options, print: print.bind(undefined, service.name) })),
  );
  return results.every((ended) => ended);
}

async function runOne(
  { app, environment: own }: PlannedService,
  { environment, signal, print }: RunOptions,
): Promise<boolean> {
  if (signal.aborted) return true;
  // In a group of its own: a Ctrl+C of the terminal comes here alone, and is handed on once.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', mainOf(app)], {
    detached: true,
    env: { ...environment, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', print);
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code, killedBy) => {
      const wasTold = signal.aborted && code === 0;
      if (!wasTold) print(`ended with ${killedBy ?? String(code)}${signal.aborted ? '' : '; the others go on'}`);
      resolve(wasTold);
    });
  });
  const timers: NodeJS.Timeout[] = [];
  const end = (): void => {
    kill(child, 'SIGTERM');
    timers.push(setTimeout(() => kill(child, 'SIGKILL'), KILL_AFTER_MILLISECONDS));
  };
  signal.addEventListener('abort', end, { once: true });
  const result = await ended;
  signal.removeEventListener('abort', end);
  for (const timer of timers) clearTimeout(timer);
  return result;
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}
