import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import {
  openViewReader,
  runProjections,
  type Projection,
  type RunProjectionsOptions,
  type ViewReader,
} from '../engine/index.ts';

/** A log and a view of it, in a directory of their own. */
export interface ViewHarness {
  readonly directory: string;
  readonly store: SqliteEventStore;
  readonly reader: ViewReader;
  /** Appends the events to a stream, in one append. */
  given(stream: string, ...events: readonly NewEvent[]): Promise<void>;
  /** Folds everything that is in the log. */
  fold(options?: Partial<RunProjectionsOptions>): Promise<void>;
  close(): Promise<void>;
}

export async function openHarness(projection: Projection): Promise<ViewHarness> {
  const root = mkdtempSync(join(tmpdir(), 'khop-view-'));
  const directory = join(root, 'views');
  const store = await SqliteEventStore.open({ directory: join(root, 'log') });
  const reader = openViewReader(directory, projection);
  return {
    directory,
    store,
    reader,
    async given(stream, ...events) {
      const [result] = await store.append([{ stream, expected: 'any', events }]);
      if (result?.ok !== true) throw new Error('the given events were refused');
    },
    async fold(options = {}) {
      const running = await runProjections({ store, directory, projections: [projection], ...options });
      try {
        if (!(await running.caughtUpTo(await store.head(), 5_000))) throw new Error('the view did not catch up');
      } finally {
        await running.close();
      }
    },
    async close() {
      reader.close();
      await store.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Every row of every table of a view, but for what the engine keeps and what SQLite keeps for a text index. */
export function rowsOf(reader: ViewReader): Record<string, readonly unknown[]> {
  return reader.read((view) => {
    const names = view
      .all(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name`)
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('sqlite') && name !== 'checkpoint' && name !== 'dead_letters');
    return Object.fromEntries(names.map((name) => [name, view.all(`SELECT * FROM "${name}"`)]));
  });
}
