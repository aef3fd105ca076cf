import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { edited } from './read-document.ts';

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A scratch directory in which the commands of one document are run. */
export interface Workspace {
  readonly directory: string;
  run(command: string): Promise<Outcome>;
  write(file: string, text: string): void;
  edit(file: string, diff: string): void;
  /** Ends what still runs, and removes the directory. Returns how the hub ended, where one was started. */
  close(): Promise<Outcome | undefined>;
}

const PROJECT = join(import.meta.dirname, '..', '..');
const SOURCES = [
  'apps',
  'libs',
  'contracts',
  'seeds',
  'tests',
  'bin',
  'dist',
  'package.json',
  'tsconfig.json',
  'jest.config.js',
  '.swcrc',
];
const HUB_START_MILLISECONDS = 60_000;
const JEST = 'node_modules/jest/bin/jest.js';
/** The address that the documents name, and that a test's hub does not have. */
const DOCUMENTED_ADDRESS = 'http://127.0.0.1:3000';

/**
 * Opens a workspace: an empty directory in which the project's own `khop` is used, or, for documents that change sources, a copy of
 * the project.
 */
export function openWorkspace(copiesSources: boolean): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'khop-docs-'));
  const project = copiesSources ? directory : PROJECT;
  if (copiesSources) copySources(directory);
  const node = `"${process.execPath}"`;
  const khop = `${node} --disable-warning=ExperimentalWarning "${join(project, 'bin/khop.js')}"`;
  let hub: RunningHub | undefined;

  async function run(command: string): Promise<Outcome> {
    const start = /^(?:npm ci && )?npm start(?: -- (.*))?$/.exec(command);
    if (start !== null) {
      hub = await startHub(project, directory, start[1]);
      return { exitCode: hub.address === undefined ? 1 : 0, output: hub.output() };
    }
    if (command === 'npm run typecheck') return inShell(`${node} node_modules/typescript/bin/tsc --noEmit`, directory);
    const specs = /^(UPDATE\w*=1) npm test -- (\S+)$/.exec(command);
    if (specs !== null) {
      return inShell(`${specs[1] ?? ''} ${node} --experimental-vm-modules ${JEST} ${specs[2] ?? ''}`, directory);
    }
    const script = /^(?:npm ci && )?npm (ci|test)$/.exec(command)?.[1];
    if (script !== undefined) return { exitCode: isScript(script) ? 0 : 1, output: '' };
    const url = /^curl "?([^"\s]+)"?$/.exec(command)?.[1];
    if (url !== undefined) return fetched(url.replace(DOCUMENTED_ADDRESS, hub?.address ?? ''));
    const line = (await withQuarantineId(command)).replace(/^npx khop/, khop);
    return command.includes(' --follow') ? inShell(`exec ${line}`, directory, false) : inShell(line, directory);
  }

  /** The first row that is in quarantine stands for the id that a reader copies. */
  async function withQuarantineId(command: string): Promise<string> {
    if (!command.includes('QUARANTINE-ID')) return command;
    const { output } = await inShell(`${khop} quarantine list --json`, directory);
    return command.replace('QUARANTINE-ID', /"quarantineId":\s*"([0-9a-f]{32})"/.exec(output)?.[1] ?? 'none');
  }

  return {
    directory,
    run,
    write(file, text) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), text);
    },
    edit(file, diff) {
      writeFileSync(join(directory, file), edited(readFileSync(join(directory, file), 'utf8'), diff));
    },
    async close() {
      const outcome = await hub?.stop();
      rmSync(directory, { recursive: true, force: true });
      return outcome;
    },
  };
}

function copySources(directory: string): void {
  for (const name of SOURCES) cpSync(join(PROJECT, name), join(directory, name), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
}

function isScript(name: string): boolean {
  if (name === 'ci') return existsSync(join(PROJECT, 'package-lock.json'));
  return new RegExp(`"${name}": "`).test(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
}

async function fetched(url: string): Promise<Outcome> {
  const response = await fetch(url);
  return { exitCode: response.ok ? 0 : 1, output: await response.text() };
}

/** Runs a line as a reader's shell would; one that never ends gets Ctrl+C once it has shown something. */
async function inShell(line: string, directory: string, endsByItself = true): Promise<Outcome> {
  const child = spawn('sh', ['-c', line], { cwd: directory, env: plainEnvironment() });
  const output = collected(child);
  const ended = once(child, 'close');
  if (!endsByItself) {
    await Promise.race([once(child.stdout, 'data'), ended]);
    child.kill('SIGINT');
  }
  const [exitCode] = (await ended) as [number | null];
  return { exitCode, output: output() };
}

/** A reader's environment has none of the hub's settings, and nothing of the test runner. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

function collected(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  return () => output;
}

interface RunningHub {
  /** Undefined when it did not start. */
  readonly address: string | undefined;
  output(): string;
  stop(): Promise<Outcome>;
}

/** Starts the hub as `npm start` does, on a free port and with a small province; resolves when it tells its address. */
async function startHub(project: string, directory: string, options = ''): Promise<RunningHub> {
  const main = join(project, 'dist/apps/hub/main.js');
  const args = ['--port', '0', '--residents', '200', ...options.split(' ').filter((option) => option !== '')];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd: directory,
    env: plainEnvironment(),
  });
  const output = collected(child);
  const ended = once(child, 'close');
  const addressOf = (): string | undefined => /^API:\s+(\S+)\/api\/v1$/m.exec(output())?.[1];
  const until = Date.now() + HUB_START_MILLISECONDS;
  while (addressOf() === undefined && child.exitCode === null && Date.now() < until) await setTimeout(50);
  return {
    address: addressOf(),
    output,
    async stop() {
      child.kill('SIGINT');
      const [exitCode] = (await ended) as [number | null];
      return { exitCode, output: output() };
    },
  };
}
