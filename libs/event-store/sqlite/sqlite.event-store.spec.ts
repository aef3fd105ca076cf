import { describe, expect, it } from '@jest/globals';
import type { Append, Page } from '../port/index.ts';
import { openConnection } from './connection.ts';
import { logFile } from './files.ts';
import { settingsOf } from './settings.ts';
import { streamKey } from './stream-key.ts';
import { event, sqliteError, thing, useLogs } from './testing/logs.ts';

describe('SqliteEventStore', () => {
  const logs = useLogs();
  const one = (stream: string, id = 'a'): Append => ({ stream, expected: 'any', events: [event(id)] });

  it('puts the calls of one moment into one commit', async () => {
    let commits = 0;
    const commit = (end: () => void): void => {
      commits += 1;
      end();
    };
    const store = await logs.open({ directory: logs.newDirectory(), faults: { commit } });

    await Promise.all(Array.from({ length: 100 }, (_, index) => store.append([one(`thing-${index}`)])));

    expect(commits).toBe(1);
    expect(await store.head()).toBe(100);
  });

  it('keeps commits short: waiting calls are shared out', async () => {
    let commits = 0;
    const commit = (end: () => void): void => {
      commits += 1;
      end();
    };
    const store = await logs.open({ directory: logs.newDirectory(), commitEvents: 10, faults: { commit } });

    await Promise.all(Array.from({ length: 10 }, (_, index) => store.append([thing(`thing-${index}`, 4)])));

    expect(commits).toBe(5);
  });

  it('does not read the personal parts that nobody wants', async () => {
    const store = await logs.open({ directory: logs.newDirectory() });
    const personal = { name: 'Ai Đó' };
    const events = ['red.v1', 'blue.v1'].map((type) => ({ ...event(type), type, personal }));
    await store.append([{ stream: 'thing-1', expected: 'any', events }]);

    for (const filter of [undefined, { types: ['red.v1', 'blue.v1'] }]) {
      const page = await store.readAll({ ...(filter && { filter }), personalOf: ['blue.v1'] });
      expect(page.events.map((read) => read.personal)).toEqual([undefined, personal]);
    }
  });

  it('commits nothing where nothing is to be written', async () => {
    const commit = (): void => {
      throw sqliteError(1);
    };
    const store = await logs.open({ directory: logs.newDirectory(), faults: { commit } });

    expect(await store.append([{ ...one('thing-1'), expected: 'stream-exists' }])).toMatchObject([{ ok: false }]);
  });

  it('records the time of its clock', async () => {
    const clock = (): number => Date.UTC(2026, 10, 22, 8, 0, 0, 7);
    const store = await logs.open({ directory: logs.newDirectory(), clock });
    await store.append([one('thing-1')]);

    expect(await store.readStream('thing-1')).toMatchObject([{ recordedAt: '2026-11-22T08:00:00.007Z' }]);
  });

  it('tells streams apart whose names share a key', async () => {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory });
    const db = openConnection(logFile(directory), settingsOf({ directory }));
    db.prepare('INSERT INTO streams (key, name) VALUES (?, ?)').run(streamKey('thing-1'), 'twin');
    db.close();

    await store.append([one('thing-1', 'a')]);
    await (await logs.open({ directory })).append([one('thing-1', 'b')]);

    expect(await store.readStream('thing-1')).toHaveLength(2);
    expect(await store.readStream('twin')).toEqual([]);
  });

  it('looks for the ids of an append among the last events of the stream only', async () => {
    const store = await logs.open({ directory: logs.newDirectory(), idLookbackEvents: 3 });
    await store.append([thing('thing-1', 5)]);

    expect(await store.append([one('thing-1', 'e2')])).toMatchObject([{ ok: true, repeated: true, streamVersion: 2 }]);
    expect(await store.append([one('thing-1', 'e1')])).toMatchObject([{ ok: true, repeated: false, streamVersion: 5 }]);
  });

  it('refuses an append whose events together are too large', async () => {
    const store = await logs.open({ directory: logs.newDirectory(), maxAppendBytes: 1_000 });

    expect(await store.append([thing('thing-1', 2), thing('thing-2', 20)])).toMatchObject([
      { ok: true },
      { ok: false, code: 'too-large', limitBytes: 1_000 },
    ]);
  });

  it('looks at a bounded number of events for one page', async () => {
    const store = await logs.open({ directory: logs.newDirectory(), scanEvents: 10 });
    await store.append([thing('thing-1', 25), { ...one('x'), events: [event('a', { type: 'rare.v1' })] }]);
    const pages: Page[] = [];
    for (let page: Page | undefined; page?.end !== true; pages.push(page)) {
      page = await store.readAll({ after: page?.position ?? 0, filter: { types: ['rare.v1'] } });
    }

    expect(pages.map(({ events, position }) => [events.length, position])).toEqual([
      [0, 10],
      [0, 20],
      [1, 26],
    ]);
  });

  it('lets a single append through beside a bulk writer', async () => {
    const directory = logs.newDirectory();
    const bulk = await logs.open({ directory });
    const single = await logs.open({ directory });
    let writing = true;
    const bulkWriting = (async () => {
      for (let batch = 0; writing; batch++) {
        await bulk.append(Array.from({ length: 500 }, (_, index) => thing(`bulk-${batch}-${index}`, 1)));
      }
    })();

    const waits: number[] = [];
    try {
      for (let index = 0; index < 30; index++) {
        const start = performance.now();
        await single.append([one(`single-${index}`)]);
        waits.push(performance.now() - start);
      }
    } finally {
      writing = false;
      await bulkWriting;
    }

    expect(waits.sort((a, b) => a - b)[15]).toBeLessThan(250);
  });
});
