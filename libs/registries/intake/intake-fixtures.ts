import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import type { RecordedEvent } from '#libs/event-store/port';
import { createKeyedHash } from '#libs/platform';
import type { IntakeDeps } from './intake-deps.ts';
import type { Row } from './row.ts';

/** 1 November 2026. */
export const NOW = Date.UTC(2026, 10, 1);

/** An intake's surroundings over a real log in a temporary directory. */
export interface IntakeBench {
  readonly deps: IntakeDeps;
  readonly directory: string;
  events(types?: readonly string[]): Promise<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

export async function openIntakeBench(): Promise<IntakeBench> {
  const directory = mkdtempSync(join(tmpdir(), 'khop-intake-'));
  const store = await SqliteEventStore.open({ directory, clock: () => NOW, bulkPauseMilliseconds: 0 });
  let ids = 0;
  return {
    directory,
    deps: {
      store,
      hash: createKeyedHash(new Uint8Array(32).fill(3)),
      clock: () => NOW,
      newId: () => `intake-${++ids}`,
    },
    events: async (types) => (await store.readAll(types === undefined ? {} : { filter: { types } })).events,
    close: async () => {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Raw rows as a file would give them, in one batch. */
export async function* rowsOf(...raws: readonly unknown[]): AsyncGenerator<readonly Row[]> {
  yield raws.map((raw, index) => ({ line: index + 1, raw }));
}

/** A resident with what is required, and whatever else is given. */
export const aResident = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  personalId: '001080000001',
  fullName: 'Nguyễn Văn Mẫu',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  status: 'ALIVE',
  ...fields,
});
