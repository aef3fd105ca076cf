import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import {
  openViewReader,
  runProjections,
  type Projection,
  type RunningProjections,
  type RunProjectionsOptions,
} from '../engine/index.ts';
import { event } from './given-events.ts';

/** Remembers the order of what it has seen of some types; fails for what it is told to. */
export function seenProjection(
  overrides: Partial<Projection> & { readonly fails?: (id: string) => boolean } = {},
): Projection {
  const { fails = () => false, ...rest } = overrides;
  return {
    name: 'seen',
    version: 1,
    tables: 'CREATE TABLE seen (id INTEGER PRIMARY KEY, event TEXT NOT NULL);',
    open(db) {
      const insert = db.prepare('INSERT INTO seen (event) VALUES (?)');
      return (events) => {
        for (const { id } of events) {
          insert.run(id);
          if (fails(id)) throw new Error(`no place for ${id}`);
        }
      };
    },
    ...rest,
  };
}

/** A log with projections that run on it, in a directory of their own. */
export class EngineHarness {
  readonly directory: string;
  /** Ids of what was appended, in the order of the log. */
  readonly appended: string[] = [];
  running: RunningProjections | undefined;
  store: SqliteEventStore;
  readonly #root: string;

  private constructor(root: string, store: SqliteEventStore) {
    this.#root = root;
    this.store = store;
    this.directory = join(root, 'views');
  }

  static async open(): Promise<EngineHarness> {
    const root = mkdtempSync(join(tmpdir(), 'khop-engine-'));
    return new EngineHarness(root, await SqliteEventStore.open({ directory: join(root, 'log') }));
  }

  /** An event of type `test.<first letter>.v1` for each id. */
  async append(stream: string, ...ids: readonly string[]): Promise<void> {
    const events = ids.map((id) => event(`test.${id.slice(0, 1)}.v1`, {}, { id }));
    await this.store.append([{ stream, expected: 'any', events }]);
    this.appended.push(...ids);
  }

  async start(
    projections: readonly Projection[],
    options: Partial<RunProjectionsOptions> = {},
  ): Promise<RunningProjections> {
    const { store, directory } = this;
    this.running = await runProjections({ store, directory, projections, retryMilliseconds: 5, ...options });
    return this.running;
  }

  async catchUp(): Promise<void> {
    const reached = await this.running?.caughtUpTo(await this.store.head(), 5_000);
    if (reached !== true) throw new Error('the views did not catch up');
  }

  async stop(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }

  /** What a projection has seen, in its order. */
  seen(projection = seenProjection()): string[] {
    const reader = openViewReader(this.directory, projection);
    try {
      return reader.read((view) => view.all('SELECT event FROM seen ORDER BY id').map((row) => String(row['event'])));
    } finally {
      reader.close();
    }
  }

  /** Another log in the place of the one that was there. */
  async replaceLog(): Promise<void> {
    await this.store.close();
    rmSync(join(this.#root, 'log'), { recursive: true });
    this.store = await SqliteEventStore.open({ directory: join(this.#root, 'log') });
  }

  async close(): Promise<void> {
    await this.stop();
    await this.store.close();
    rmSync(this.#root, { recursive: true, force: true });
  }
}
