import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a test may do to a service of its own. */
export interface Service {
  /** Stands still, with its connections open, as a machine that hangs. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it properly; its data stay. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and data; resolves when it answers. */
  start(): Promise<void>;
  dispose(): Promise<void>;
  /** What has to be ended and removed when nobody is left to dispose of it; nothing for a container. */
  readonly remains: Remains;
}

export interface Remains {
  readonly processGroup?: number;
  readonly directory?: string;
}

export interface ProcessServiceOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it says goes here. */
  readonly logFile: string;
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly readyWithinMs: number;
  /** Ends it when this process is gone, however that ended; default this one. */
  readonly guardian?: number;
  /** Where its files are; removed at the end. */
  readonly directory: string;
}

/**
 * Ends the service when the guarding process is gone: a killed test run leaves nothing behind. `wait` gives the
 * service's own exit code on.
 */
const GUARD = `
"$@" &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM
( while kill -0 "$GUARDIAN" 2>/dev/null && kill -0 $child 2>/dev/null; do sleep 1; done; kill -CONT $child 2>/dev/null; kill -9 $child 2>/dev/null ) &
echo $child > "$PID_FILE"
wait $child; wait $child 2>/dev/null
`;

/** A process as a service. */
export async function startProcess(options: ProcessServiceOptions): Promise<Service> {
  const pidFile = `${options.logFile}.pid`;
  let guard: ChildProcess | undefined;

  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8')), name);
    } catch {
      // It has ended already.
    }
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    const ending = guard;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    signal('SIGCONT');
    signal(name);
    const late = new AbortController();
    const killLate = sleep(20_000, undefined, { signal: late.signal, ref: false }).then(
      () => signal('SIGKILL'),
      () => undefined,
    );
    await ended;
    late.abort();
    await killLate;
    guard = undefined;
  };
  const start = async (): Promise<void> => {
    const log = openSync(options.logFile, 'a');
    const started = spawn('sh', ['-c', GUARD, 'guard', options.command, ...options.args], {
      stdio: ['ignore', log, log],
      detached: true,
      env: {
        ...process.env,
        ...options.env,
        GUARDIAN: String(options.guardian ?? process.pid),
        PID_FILE: pidFile,
      },
    });
    closeSync(log);
    started.unref();
    guard = started;
    const deadline = AbortSignal.timeout(options.readyWithinMs);
    const exited = new Promise<never>((_, reject) =>
      started.once('exit', (code) => reject(new Error(`it ended with code ${code}: ${lastLines(options.logFile)}`))),
    );
    exited.catch(() => undefined);
    await Promise.race([options.ready(deadline), exited]);
  };

  try {
    await start();
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    get remains() {
      return { ...(guard?.pid !== undefined && { processGroup: guard.pid }), directory: options.directory };
    },
    pause: async () => signal('SIGSTOP'),
    resume: async () => signal('SIGCONT'),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    dispose: async () => {
      await end('SIGKILL');
      await rm(options.directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
  } catch {
    return 'and has left no word';
  }
}

/** Resolves when something listens on the port. */
export async function listening(port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => resolve((socket.destroy(), true)));
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await sleep(50);
  }
}
