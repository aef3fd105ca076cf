import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const running = new Set<ChildProcess>();

/** Ends what a test has left running, because it failed. */
export async function endAll(): Promise<void> {
  const left = [...running];
  for (const child of left) child.kill('SIGKILL');
  while (left.some((child) => running.has(child))) await setTimeout(10);
}

const built = (path: string): string => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

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

/** Starts the hub as `npm start` does, without waiting for anything. */
export const launchHub = (args: readonly string[], options: ProcessOptions = {}): Running =>
  start(built('apps/hub/main.js'), ['--port', '0', ...args], options);

/** Starts the hub and resolves when it says that all verdicts are there. Rejects with what it said when it ends before. */
export async function startHub(args: readonly string[], options: ProcessOptions = {}): Promise<RunningHub> {
  const hub = launchHub(args, options);
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

/** Ends a process by a signal, if it has not ended yet, and says how it ended. */
export function endBy({ child, ended }: Running, signal: NodeJS.Signals): Promise<Ended> {
  child.kill(signal);
  return ended;
}

function start(main: string, args: readonly string[], { cwd, env, through = [] }: ProcessOptions): Running {
  if (!existsSync(main)) throw new Error('This test runs what is built: run "npm run build" first.');
  const [program = process.execPath, ...rest] = [
    ...through,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    main,
    ...args,
  ];
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(program, rest, { cwd, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
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
