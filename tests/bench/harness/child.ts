import { fork } from 'node:child_process';

/** What a measuring process sends to the bench: steps to show, and at the end its result or why there is none. */
export type FromChild<Result> =
  | { readonly kind: 'step'; readonly text: string }
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'failed'; readonly message: string };

export interface ChildOptions {
  readonly onStep: (text: string) => void;
  /** Where CPU profiles of all threads of the process go; none without it. */
  readonly profiles?: string | undefined;
  /** Lets the process, with all its threads, live so many days ago. */
  readonly daysAgo?: number;
  /** What is set in its environment beside what is set here. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The variable that tells `days-ago.ts` how far. */
export const DAYS_AGO = 'KHOP_BENCH_DAYS_AGO';

/**
 * Runs an entry file in a process of its own and resolves with what it measured. A process of its own, because peak memory is that of
 * a process, and a warm heap would flatter whoever comes second.
 */
export function runChild<Result>(
  entry: URL,
  input: unknown,
  { onStep, profiles, daysAgo, env }: ChildOptions,
): Promise<Result> {
  const profiling = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const past = daysAgo === undefined ? [] : ['--import', new URL('./days-ago.js', import.meta.url).href];
  const child = fork(entry, [JSON.stringify(input)], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...profiling, ...past],
    env: { ...process.env, ...env, ...(daysAgo !== undefined && { [DAYS_AGO]: String(daysAgo) }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let outcome: FromChild<Result> | undefined;
    child.on('message', (message) => {
      const said = message as FromChild<Result>;
      if (said.kind === 'step') onStep(said.text);
      else outcome = said;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (outcome?.kind === 'result') resolve(outcome.result);
      else
        reject(new Error(outcome?.kind === 'failed' ? outcome.message : `${entry.pathname} ended with code ${code}`));
    });
  });
}

/** Runs the body of a measuring process: to be called at the top of its entry file. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only the entry can say what it is given
export async function measure<Input, Result>(
  body: (input: Input, step: (text: string) => void) => Promise<Result>,
): Promise<void> {
  const tell = (message: FromChild<Result>) => new Promise((sent) => process.send?.(message, sent));
  const input = JSON.parse(process.argv[2] ?? 'null') as Input;
  try {
    const result = await body(input, (text) => void tell({ kind: 'step', text }));
    await tell({ kind: 'result', result });
  } catch (error) {
    await tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    // Threads that it has started would keep it alive.
    process.exit(1);
  }
  process.disconnect();
}
