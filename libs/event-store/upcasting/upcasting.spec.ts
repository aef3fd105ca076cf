import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadLetterSetAside, RulesActivated, upcast } from '#contracts/events';
import type { EventStore } from '../port/index.ts';
import { restoreLog, SqliteEventStore } from '../sqlite/index.ts';
import { upcasting } from './upcasting.event-store.ts';

/** A backup that a hub wrote when `rules-activated` was of version 1; nothing rewrites it. */
const FIXTURE = new URL('./fixtures/rules-activated-v1.khop-backup', import.meta.url);

describe('a stored event of an old version', () => {
  let directory: string;
  let store: EventStore;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-upcasting-'));
    const backup = join(directory, 'backup');
    await copyFile(FIXTURE, backup);
    await restoreLog(backup, join(directory, 'log'));
    store = upcasting(await SqliteEventStore.open({ directory: join(directory, 'log') }));
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const newest = {
    type: RulesActivated.type,
    schemaVersion: 2,
    data: { version: '2026-11-01', hash: 'abc', tables: ['wards-2025'] },
  };

  it('reads as the newest one, from its stream and from the log', async () => {
    expect(await store.readStream('rules')).toMatchObject([newest]);
    expect(await store.readVersions([{ stream: 'rules', version: 0 }])).toMatchObject([newest]);
    expect((await store.readAll()).events).toMatchObject([newest]);
  });

  it('is found by a filter for the newest type, also by who subscribes', async () => {
    expect((await store.readAll({ filter: { types: [RulesActivated.type] } })).events).toMatchObject([newest]);
    for await (const item of store.subscribe({ filter: { types: [RulesActivated.type] } })) {
      if (item.kind === 'caught-up') break;
      expect(item.page.events).toMatchObject([newest]);
    }
    expect.assertions(2);
  });

  it('is stored as it was: only reading differs', async () => {
    const stored = await SqliteEventStore.open({ directory: join(directory, 'log'), readOnly: true });
    expect(await stored.readStream('rules')).toMatchObject([
      { type: 'khop.rules.rules-activated.v1', schemaVersion: 1 },
    ]);
    await stored.close();
  });
});

it('a dead letter that was set aside before keeps its reason from everyone who may read the public part', () => {
  const data = { messageId: 'm1', reason: 'Nguyễn Văn Bình gọi' };
  const former = { type: 'khop.dead-letter.dead-letter-set-aside.v1', schemaVersion: 1, data };
  expect(upcast(former)).toEqual({ type: DeadLetterSetAside.type, schemaVersion: 2, data: { messageId: 'm1' } });
});
