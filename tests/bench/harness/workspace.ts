import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary directories of a run, removed at its end, however it ends. */
export interface Workspace {
  directory(name: string): string;
  remove(directory: string): void;
  clear(): void;
}

export function openWorkspace(): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'khop-bench-'));
  const remove = (directory: string): void => rmSync(directory, { recursive: true, force: true });
  const clear = (): void => remove(root);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clear();
      process.exit(1);
    });
  }
  return { directory: (name) => join(root, name), remove, clear };
}
