import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStoreAdapter } from './contract-suite/index.ts';
import { SqliteEventStore } from './sqlite/index.ts';

/** Every adapter of the port: the contract suite runs on each of them, in one process and across several. */
export const adapters: Readonly<Record<string, EventStoreAdapter>> = {
  sqlite: {
    createLocation: () => mkdtemp(join(tmpdir(), 'khop-log-')),
    open: (directory) => SqliteEventStore.open({ directory }),
    removeLocation: (directory) => rm(directory, { recursive: true }),
  },
};
