import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStoreReader } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { event } from '../testing/index.ts';
import {
  openViewReader,
  removeView,
  runProjections,
  ViewNotReadyError,
  type Projection,
  type RunningProjections,
  type RunProjectionsOptions,
} from './index.ts';

/** Remembers the order of what it has seen of some types; fails for what it is told to. */
function seenProjection(overrides: Partial<Projection> & { fails?: (id: string) => boolean } = {}): Projection {
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

describe('projection engine', () => {
  let root: string;
  let directory: string;
  let store: SqliteEventStore;
  let running: RunningProjections | undefined;
  const events: string[] = [];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'khop-engine-'));
    directory = join(root, 'views');
    store = await SqliteEventStore.open({ directory: join(root, 'log') });
    running = undefined;
    events.length = 0;
  });
  afterEach(async () => {
    await running?.close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function append(stream: string, ...ids: readonly string[]): Promise<void> {
    await store.append([
      { stream, expected: 'any', events: ids.map((id) => event(`test.${id[0] ?? ''}.v1`, {}, { id })) },
    ]);
    events.push(...ids);
  }

  async function start(projections: readonly Projection[], options: Partial<RunProjectionsOptions> = {}) {
    running = await runProjections({ store, directory, projections, retryMilliseconds: 5, ...options });
    return running;
  }

  async function caughtUp(): Promise<void> {
    expect(await running?.caughtUpTo(await store.head(), 5_000)).toBe(true);
  }

  async function stop(): Promise<void> {
    await running?.close();
    running = undefined;
  }

  function seen(projection = seenProjection()): string[] {
    const reader = openViewReader(directory, projection);
    try {
      return reader.read((view) => view.all('SELECT event FROM seen ORDER BY id').map((row) => String(row['event'])));
    } finally {
      reader.close();
    }
  }

  it('catches up, and stays live', async () => {
    await append('a', 'a1', 'a2');
    await start([seenProjection()], { batchEvents: 1 });
    await caughtUp();
    expect(seen()).toEqual(['a1', 'a2']);
    await append('b', 'b1');
    await caughtUp();
    expect(seen()).toEqual(['a1', 'a2', 'b1']);
    expect(await running?.status()).toMatchObject([
      { name: 'seen', live: true, lagEvents: 0, lagSeconds: 0, events: 3 },
    ]);
  });

  it('reads the log once for all views, and gives each the types that it takes', async () => {
    await append('a', 'a1', 'b1', 'c1', 'a2');
    let reads = 0;
    const counting: EventStoreReader = {
      readStream: (...given) => store.readStream(...given),
      readVersions: (...given) => store.readVersions(...given),
      readAll: (...given) => store.readAll(...given),
      head: () => store.head(),
      pointAt: (...given) => store.pointAt(...given),
      subscribe(...given) {
        reads += 1;
        return store.subscribe(...given);
      },
    };
    const onlyA = seenProjection({ name: 'only-a', types: ['test.a.v1'] });
    const onlyB = seenProjection({ name: 'only-b', types: ['test.b.v1', 'test.none.v1'] });
    await start([onlyA, onlyB, seenProjection()], { store: counting });
    await caughtUp();
    expect([seen(onlyA), seen(onlyB), seen()]).toEqual([['a1', 'a2'], ['b1'], ['a1', 'b1', 'c1', 'a2']]);
    expect(reads).toBe(1);
  });

  it('goes on where it stopped, however often it is stopped', async () => {
    for (let round = 0; round < 4; round += 1) {
      await append(`s${round}`, `a${round}`, `b${round}`, `c${round}`);
      await start([seenProjection()], { batchEvents: 2 });
      await running?.caughtUpTo((round + 1) * 3 - (round % 3), 5_000);
      await stop();
    }
    await start([seenProjection()]);
    await caughtUp();
    expect(seen()).toEqual(events);
  });

  it('loses nothing and folds nothing twice when a batch fails half way', async () => {
    await append('a', 'a1', 'a2', 'a3', 'a4', 'a5');
    let failures = 3;
    const unlucky = seenProjection({
      open(db) {
        const insert = db.prepare('INSERT INTO seen (event) VALUES (?)');
        return (batch) => {
          for (const { id } of batch) {
            insert.run(id);
            if (id === 'a3' && failures-- > 0) throw Object.assign(new Error('the disk is full'), { errcode: 13 });
          }
        };
      },
    });
    const problems: string[] = [];
    await start([unlucky], { onProblem: (view, { message }) => problems.push(`${view}: ${message}`) });
    await caughtUp();
    expect(seen()).toEqual(events);
    expect(problems).toEqual(Array(3).fill('seen: the disk is full'));
  });

  it('keeps the other views going while one fails', async () => {
    await append('a', 'a1', 'a2');
    const broken = seenProjection({
      name: 'broken',
      open: () => () => {
        throw Object.assign(new Error('the disk is full'), { errcode: 13 });
      },
    });
    await start([broken, seenProjection()]);
    while ((await running?.status())?.find(({ name }) => name === 'seen')?.position !== 2) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await append('b', 'b1');
    while (seen().length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await running?.status()).toMatchObject([
      { name: 'broken', position: 0, problem: { message: 'the disk is full' } },
      {},
    ]);
  });

  it('is built again when its checkpoint does not fit the log', async () => {
    await append('a', 'a1', 'a2');
    await start([seenProjection()]);
    await caughtUp();
    await stop();

    await store.close();
    rmSync(join(root, 'log'), { recursive: true });
    store = await SqliteEventStore.open({ directory: join(root, 'log') });
    await append('b', 'b1', 'b2', 'b3');
    await start([seenProjection()]);
    await caughtUp();
    expect(seen()).toEqual(['b1', 'b2', 'b3']);
  });

  it('is built again, the same, when its files are deleted', async () => {
    await append('a', 'a1', 'a2');
    await start([seenProjection()]);
    await caughtUp();
    await stop();
    removeView(directory, 'seen');
    expect(readdirSync(directory)).toEqual([]);
    await start([seenProjection()]);
    await caughtUp();
    expect(seen()).toEqual(['a1', 'a2']);
  });

  it('builds a new version beside the live one, swaps it in when it has caught up, and deletes the old', async () => {
    await append('a', 'a1', 'a2', 'a3');
    await start([seenProjection()]);
    await caughtUp();
    await stop();

    let mayGoOn = false;
    const second = seenProjection({
      version: 2,
      open(db) {
        const insert = db.prepare('INSERT INTO seen (event) VALUES (?)');
        return (batch) => {
          if (!mayGoOn) throw Object.assign(new Error('not yet'), { errcode: 13 });
          for (const { id } of batch) insert.run(`new ${id}`);
        };
      },
    });
    const reader = openViewReader(directory, second);
    await start([second]);
    expect(() => reader.position()).toThrow(ViewNotReadyError);
    expect(seen()).toEqual(['a1', 'a2', 'a3']);
    mayGoOn = true;
    await caughtUp();
    expect(seen(second)).toEqual(['new a1', 'new a2', 'new a3']);
    expect(reader.position()).toBe(3);
    expect(readdirSync(directory).filter((file) => file.endsWith('.sqlite'))).toEqual(['seen-v2.sqlite']);
    reader.close();
  });

  it('rebuilds a view while it is being read and kept up to date', async () => {
    await append('a', 'a1', 'a2', 'a3');
    let salt = 'old';
    const salted = seenProjection({
      open(db) {
        const insert = db.prepare('INSERT INTO seen (event) VALUES (?)');
        const mark = salt;
        return (batch) => {
          for (const { id } of batch) insert.run(`${mark} ${id}`);
        };
      },
    });
    await start([salted], { batchEvents: 1 });
    await caughtUp();
    const reader = openViewReader(directory, salted);
    const all = () => reader.read((view) => view.all('SELECT event FROM seen ORDER BY id').map((row) => row['event']));
    expect(all()).toEqual(['old a1', 'old a2', 'old a3']);

    salt = 'new';
    const rebuilt = running?.rebuild('seen');
    await append('b', 'b1');
    await caughtUp();
    await rebuilt;
    expect(all()).toEqual(['new a1', 'new a2', 'new a3', 'new b1']);
    await append('c', 'c1');
    await caughtUp();
    expect(all().at(-1)).toBe('new c1');
    reader.close();
  });

  it('loads what events refer to before they are folded', async () => {
    await append('a', 'a1', 'a2');
    await append('b', 'b1');
    const referring = seenProjection({
      types: ['test.b.v1'],
      references: () => [
        { stream: 'a', version: 1 },
        { stream: 'a', version: 7 },
      ],
      open(db) {
        const insert = db.prepare('INSERT INTO seen (event) VALUES (?)');
        return (batch, loaded) => {
          for (const { id } of batch) {
            insert.run(
              `${id} ${loaded({ stream: 'a', version: 1 })?.id ?? ''} ${loaded({ stream: 'a', version: 7 })?.id ?? '-'}`,
            );
          }
        };
      },
    });
    await start([referring]);
    await caughtUp();
    expect(seen()).toEqual(['b1 a2 -']);
  });

  it('says after a while that a position was not reached', async () => {
    await start([seenProjection()]);
    expect(await running?.caughtUpTo(99, 5)).toBe(false);
  });

  describe('an event that can not be folded', () => {
    let poison: ReadonlySet<string>;
    const picky = () => seenProjection({ fails: (id) => poison.has(id) });
    beforeEach(async () => {
      poison = new Set(['a2']);
      await append('a', 'a1', 'a2');
      await append('b', 'b1');
      await append('a', 'a3');
      await start([picky()], { clock: () => 1_000 });
      await caughtUp();
    });
    const letters = () => {
      const reader = openViewReader(directory, picky());
      try {
        return reader
          .deadLetters(10)
          .map(({ stream, streamVersion, state, reason, attempts }) => [
            stream,
            streamVersion,
            state,
            reason,
            attempts,
          ]);
      } finally {
        reader.close();
      }
    };

    it('becomes a dead letter, later events of its stream wait, and others go on', async () => {
      expect(seen()).toEqual(['a1', 'b1']);
      await append('a', 'a4');
      await append('b', 'b2');
      await caughtUp();
      expect(seen()).toEqual(['a1', 'b1', 'b2']);
      expect(letters()).toEqual([
        ['a', 1, 'failed', 'no place for a2', 1],
        ['a', 2, 'waiting', null, 0],
        ['a', 3, 'waiting', null, 0],
      ]);
      expect(await running?.status()).toMatchObject([{ deadLetters: 1, lagEvents: 0 }]);
    });

    it('is folded, with those behind it, when it is retried', async () => {
      expect(await running?.retryDeadLetters('seen', 'a')).toEqual({ folded: 0, reason: 'no place for a2' });
      expect(letters()).toEqual([
        ['a', 1, 'failed', 'no place for a2', 2],
        ['a', 2, 'waiting', null, 0],
      ]);
      poison = new Set();
      expect(await running?.retryDeadLetters('seen', 'a')).toEqual({ folded: 2 });
      expect(seen()).toEqual(['a1', 'b1', 'a2', 'a3']);
      await append('a', 'a4');
      await caughtUp();
      expect(seen().at(-1)).toBe('a4');
      expect(letters()).toEqual([]);
    });

    it('can be set aside with a reason: those behind it go on', async () => {
      await running?.setAsideDeadLetter('seen', { stream: 'a', streamVersion: 1 }, 'written by mistake');
      expect(seen()).toEqual(['a1', 'b1', 'a3']);
      expect(letters()).toEqual([['a', 1, 'set-aside', 'written by mistake', 1]]);
      await append('a', 'a4');
      await caughtUp();
      expect(seen().at(-1)).toBe('a4');
    });

    it('is still there, and still holds its stream, after a restart', async () => {
      await stop();
      await append('a', 'a4');
      await start([picky()]);
      await caughtUp();
      expect(letters()).toHaveLength(3);
    });

    it('stops the view when there are too many', async () => {
      await stop();
      poison = new Set(['c1', 'c2', 'c3']);
      for (const id of poison) await append(id, id);
      const problem = new Promise<string>((resolve) => {
        void start([picky()], { maxDeadLetters: 2, onProblem: (_, { code }) => resolve(code) });
      });
      expect(await problem).toBe('too-many-dead-letters');
      expect(seen()).toEqual(['a1', 'b1']);
    });
  });
});
