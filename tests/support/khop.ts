import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const running = new Set<ChildProcess>();

/** Ends what a test has left running, because it failed. */
export async function endAll(): Promise<void> {
  const left = [...running];
  for (const child of left) kill(child, 'SIGKILL');
  while (left.some((child) => running.has(child))) await setTimeout(10);
}

/** Those that have a process group of their own, as whatever a terminal starts has one. */
const leaders = new WeakSet<ChildProcess>();

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (leaders.has(child)) process.kill(-child.pid, signal);
  else child.kill(signal);
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const built = (path: string): string => join(PROJECT, 'dist', path);

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command or the hub, as built, in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  readonly ended: Promise<Ended>;
}

/** A hub that listens. */
export interface RunningHub extends Running {
  /** Such as `http://127.0.0.1:41234`. */
  readonly address: string;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A program, with its arguments, that starts the process: `prlimit …`. */
  readonly through?: readonly string[];
}

/** Starts `khop` with these arguments. */
export const startKhop = (args: readonly string[], options: ProcessOptions = {}): Running =>
  start(built('apps/cli/main.js'), args, options);

/** Runs `khop` with these arguments to its end. */
export const khop = (args: readonly string[], options: ProcessOptions = {}): Promise<Ended> =>
  startKhop(args, options).ended;

/** Starts a service as a process of its own, without waiting for anything. */
export const startService = (app: string, options: ProcessOptions): Running =>
  start(built(`apps/${app}/main.js`), [], options);

/** Starts the hub as `npm start` does, without waiting for anything. */
export const launchHub = (args: readonly string[], options: ProcessOptions = {}): Running =>
  start(built('apps/hub/main.js'), ['--port', '0', ...args], options);

/** Starts the hub and resolves when it says that all verdicts are there. Rejects with what it said when it ends before. */
export const startHub = (args: readonly string[], options: ProcessOptions = {}): Promise<RunningHub> =>
  listening(launchHub(args, options));

/** Runs `npm start`, as in a terminal: what it starts is a process group of its own. */
export const npmStart = (args: readonly string[]): Promise<RunningHub> =>
  listening(spawned('npm', ['start', '--', '--port', '0', ...args], { cwd: PROJECT, detached: true }));

async function listening(hub: Running): Promise<RunningHub> {
  const address = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const match = /^API: +(http:\S+)\/api\/v1$/m.exec(hub.stdout());
      if (match?.[1] !== undefined && hub.stdout().includes('Ctrl+C')) resolve(match[1]);
    };
    hub.child.stdout?.on('data', look);
    void hub.ended.then(({ code, stdout, stderr }) =>
      reject(new Error(`The hub ended with ${String(code)}.\n${stdout}\n${stderr}`)),
    );
  });
  return { ...hub, address };
}

/** Ends a process by a signal, if it has not ended yet, and says how it ended. The whole group gets it, where it leads one. */
export function endBy({ child, ended }: Running, signal: NodeJS.Signals): Promise<Ended> {
  kill(child, signal);
  return ended;
}

function start(main: string, args: readonly string[], { through = [], ...options }: ProcessOptions): Running {
  if (!existsSync(main)) throw new Error('This test runs what is built: run "npm run build" first.');
  const [program = process.execPath, ...rest] = [
    ...through,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    main,
    ...args,
  ];
  return spawned(program, rest, options);
}

function spawned(
  program: string,
  args: readonly string[],
  { cwd, env, detached = false }: Omit<ProcessOptions, 'through'> & { readonly detached?: boolean },
): Running {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    cwd,
    detached,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  if (detached) leaders.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}
