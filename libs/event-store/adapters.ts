import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStoreAdapter } from './contract-suite/index.ts';
import { SqliteEventStore } from './sqlite/index.ts';

/** Every adapter of the port: the contract suite runs on each of them, in one process and across several. */
export const adapters: Readonly<Record<string, () => Promise<EventStoreAdapter>>> = {
  sqlite: () =>
    Promise.resolve({
      createLocation: () => mkdtemp(join(tmpdir(), 'khop-log-')),
      open: (directory) => SqliteEventStore.open({ directory }),
      removeLocation: (directory) => rm(directory, { recursive: true }),
    }),
  kurrentdb: async () => {
    // Loaded only here: its client has a native part, which processes on SQLite need not wait for.
    const { KurrentDbEventStore } = await import('./kurrentdb/index.ts');
    const { findServer } = await import('./kurrentdb/testing/find-server.ts');
    const server = await findServer();
    return {
      leftOut: 'missing' in server ? server.missing : undefined,
      // A server and the name of a log on it, which no other test has.
      createLocation: () =>
        Promise.resolve('missing' in server ? '' : `${server.connectionString}#test-${randomUUID()}`),
      open: (location) => {
        const [connectionString = '', log = ''] = location.split('#');
        return KurrentDbEventStore.open({ connectionString, log });
      },
      // Nothing is ever removed from a server's log; a log of a test is small, and nobody else looks at it.
      removeLocation: () => Promise.resolve(),
    };
  },
};
