import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStoreReader } from '#libs/event-store/port';
import { EngineHarness, seenProjection } from '../testing/index.ts';
import { openViewReader, removeView, ViewNotReadyError } from './index.ts';

describe('projection engine', () => {
  let engine: EngineHarness;
  beforeEach(async () => {
    engine = await EngineHarness.open();
  });
  afterEach(() => engine.close());

  it('catches up, and stays live', async () => {
    await engine.append('a', 'a1', 'a2');
    await engine.start([seenProjection()], { batchEvents: 1 });
    await engine.catchUp();
    expect(engine.seen()).toEqual(['a1', 'a2']);
    await engine.append('b', 'b1');
    await engine.catchUp();
    expect(engine.seen()).toEqual(['a1', 'a2', 'b1']);
    expect(await engine.running?.status()).toMatchObject([
      { name: 'seen', live: true, lagEvents: 0, lagSeconds: 0, events: 3 },
    ]);
  });

  it('reads the log once for all views, and gives each the types that it takes', async () => {
    await engine.append('a', 'a1', 'b1', 'c1', 'a2');
    let reads = 0;
    const counting: EventStoreReader = {
      readStream: (...given) => engine.store.readStream(...given),
      readVersions: (...given) => engine.store.readVersions(...given),
      readAll: (...given) => engine.store.readAll(...given),
      head: () => engine.store.head(),
      pointAt: (...given) => engine.store.pointAt(...given),
      subscribe(...given) {
        reads += 1;
        return engine.store.subscribe(...given);
      },
    };
    const onlyA = seenProjection({ name: 'only-a', types: ['test.a.v1'] });
    const onlyB = seenProjection({ name: 'only-b', types: ['test.b.v1', 'test.none.v1'] });
    await engine.start([onlyA, onlyB, seenProjection()], { store: counting });
    await engine.catchUp();
    expect([engine.seen(onlyA), engine.seen(onlyB), engine.seen()]).toEqual([
      ['a1', 'a2'],
      ['b1'],
      ['a1', 'b1', 'c1', 'a2'],
    ]);
    expect(reads).toBe(1);
  });

  it('goes on where it stopped, however often it is stopped', async () => {
    for (let round = 0; round < 4; round += 1) {
      await engine.append(`s${round}`, `a${round}`, `b${round}`, `c${round}`);
      await engine.start([seenProjection()], { batchEvents: 2 });
      await engine.running?.caughtUpTo((round + 1) * 3 - (round % 3), 5_000);
      await engine.stop();
    }
    await engine.start([seenProjection()]);
    await engine.catchUp();
    expect(engine.seen()).toEqual(engine.appended);
  });

  it('loses nothing and folds nothing twice when a batch fails half way', async () => {
    await engine.append('a', 'a1', 'a2', 'a3', 'a4', 'a5');
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
    await engine.start([unlucky], { onProblem: (view, { message }) => problems.push(`${view}: ${message}`) });
    await engine.catchUp();
    expect(engine.seen()).toEqual(engine.appended);
    expect(problems).toEqual(Array(3).fill('seen: the disk is full'));
  });

  it('keeps the other views going while one fails', async () => {
    await engine.append('a', 'a1', 'a2');
    const broken = seenProjection({
      name: 'broken',
      open: () => () => {
        throw Object.assign(new Error('the disk is full'), { errcode: 13 });
      },
    });
    await engine.start([broken, seenProjection()]);
    while ((await engine.running?.status())?.find(({ name }) => name === 'seen')?.position !== 2) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await engine.append('b', 'b1');
    while (engine.seen().length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await engine.running?.status()).toMatchObject([
      { name: 'broken', position: 0, problem: { message: 'the disk is full' } },
      {},
    ]);
  });

  it('is built again when its checkpoint does not fit the log', async () => {
    await engine.append('a', 'a1', 'a2');
    await engine.start([seenProjection()]);
    await engine.catchUp();
    await engine.stop();

    await engine.replaceLog();
    await engine.append('b', 'b1', 'b2', 'b3');
    await engine.start([seenProjection()]);
    await engine.catchUp();
    expect(engine.seen()).toEqual(['b1', 'b2', 'b3']);
  });

  it('is built again, the same, when its files are deleted', async () => {
    await engine.append('a', 'a1', 'a2');
    await engine.start([seenProjection()]);
    await engine.catchUp();
    await engine.stop();
    removeView(engine.directory, 'seen');
    expect(readdirSync(engine.directory)).toEqual([]);
    await engine.start([seenProjection()]);
    await engine.catchUp();
    expect(engine.seen()).toEqual(['a1', 'a2']);
  });

  it('builds a new version beside the live one, swaps it in when it has caught up, and deletes the old', async () => {
    await engine.append('a', 'a1', 'a2', 'a3');
    await engine.start([seenProjection()]);
    await engine.catchUp();
    await engine.stop();

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
    const reader = openViewReader(engine.directory, second);
    await engine.start([second]);
    expect(() => reader.position()).toThrow(ViewNotReadyError);
    expect(engine.seen()).toEqual(['a1', 'a2', 'a3']);
    mayGoOn = true;
    await engine.catchUp();
    expect(engine.seen(second)).toEqual(['new a1', 'new a2', 'new a3']);
    expect(reader.position()).toBe(3);
    expect(readdirSync(engine.directory).filter((file) => file.endsWith('.sqlite'))).toEqual(['seen-v2.sqlite']);
    reader.close();
  });

  it('rebuilds a view while it is being read and kept up to date', async () => {
    await engine.append('a', 'a1', 'a2', 'a3');
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
    await engine.start([salted], { batchEvents: 1 });
    await engine.catchUp();
    const reader = openViewReader(engine.directory, salted);
    const all = () => reader.read((view) => view.all('SELECT event FROM seen ORDER BY id').map((row) => row['event']));
    expect(all()).toEqual(['old a1', 'old a2', 'old a3']);

    salt = 'new';
    const rebuilt = engine.running?.rebuild('seen');
    await engine.append('b', 'b1');
    await engine.catchUp();
    await rebuilt;
    expect(all()).toEqual(['new a1', 'new a2', 'new a3', 'new b1']);
    await engine.append('c', 'c1');
    await engine.catchUp();
    expect(all().at(-1)).toBe('new c1');
    reader.close();
  });

  it('loads what events refer to before they are folded', async () => {
    await engine.append('a', 'a1', 'a2');
    await engine.append('b', 'b1');
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
    await engine.start([referring]);
    await engine.catchUp();
    expect(engine.seen()).toEqual(['b1 a2 -']);
  });

  it('says after a while that a position was not reached', async () => {
    await engine.start([seenProjection()]);
    expect(await engine.running?.caughtUpTo(99, 5)).toBe(false);
  });
});
