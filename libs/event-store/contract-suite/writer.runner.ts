import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench } from './adapter.ts';
import type { WriterTask } from './writer.tasks.ts';

const PROGRAM = fileURLToPath(new URL('./writer.process.ts', import.meta.url));

/** Node runs the sources as they are: types are stripped, and `#libs/…` leads to them under the `source` condition. */
const NODE_OPTIONS = ['--conditions=source', '--disable-warning=ExperimentalWarning'];

/** Lets several processes write to one log at once, until each has done its task. Rejects when one fails. */
export async function runWriters(
  { adapterName, location }: Bench,
  task: WriterTask,
  { writers, events }: { readonly writers: number; readonly events: number },
): Promise<readonly string[]> {
  const names = Array.from({ length: writers }, (_, index) => `writer${index}`);
  await Promise.all(names.map((name) => run([adapterName, location, task, name, String(events)])));
  return names;
}

function run(parameters: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...NODE_OPTIONS, PROGRAM, ...parameters], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A writing process ended with ${String(code)}: ${complaint}`));
    });
  });
}
