import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { METRICS } from '#libs/platform/metrics';

const DATABASE_FILE = /\.(db|sqlite)(-wal)?$/;

/** Shows the sizes of the databases in some directories whenever the returned function is called. */
export function fileSizes(registry: Registry, directories: readonly string[]): () => Promise<void> {
  const size = METRICS.logSize.register(registry);
  return async () => {
    size.reset();
    for (const directory of directories) {
      const names = await readdir(directory).catch(() => []);
      for (const file of names.filter((name) => DATABASE_FILE.test(name))) {
        // It may be gone by now.
        const bytes = await stat(join(directory, file)).then(
          (found) => found.size,
          () => undefined,
        );
        if (bytes !== undefined) size.set({ file }, bytes);
      }
    }
  };
}
