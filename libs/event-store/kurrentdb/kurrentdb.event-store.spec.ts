import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../port/index.ts';
import type { ServerDouble } from './testing/server-double.ts';
import { describeEventStore } from '../contract-suite/index.ts';
import { append, event, fill, idsOf } from '../contract-suite/samples.ts';
import { EventStoreUnavailableError, LogFromNewerVersionError, OutcomeUnknownError } from '../port/index.ts';
import { KurrentDbEventStore } from './kurrentdb.event-store.ts';
import { openServerDouble } from './testing/server-double.ts';

const open = (server: ServerDouble, log = 'khop', settings = {}): Promise<KurrentDbEventStore> =>
  KurrentDbEventStore.open({
    connectionString: 'kurrentdb://nowhere:2113?tls=false',
    log,
    connect: () => server.connect(),
    patienceMilliseconds: 200,
    retryMilliseconds: 1,
    maxRetryMilliseconds: 5,
    restPollMilliseconds: 50,
    ...settings,
  });

const servers = new Map<string, ServerDouble>();
let logs = 0;

describeEventStore('kurrentdb, on a double of its server', {
  createLocation: () => {
    logs += 1;
    const server = servers.get('shared') ?? openServerDouble();
    servers.set('shared', server);
    server.writeForeign('other:thing-1', 'red.v1');
    return Promise.resolve(`log-${logs}`);
  },
  open: (log) => open(servers.get('shared') ?? openServerDouble(), log),
  removeLocation: () => Promise.resolve(),
  inThisProcessOnly: true,
});

describe('a KurrentDB server that fails', () => {
  let server: ServerDouble;
  let store: EventStore;
  let opened: KurrentDbEventStore[];

  async function openAnother(settings = {}): Promise<KurrentDbEventStore> {
    const another = await open(server, 'khop', settings);
    opened.push(another);
    return another;
  }

  beforeEach(async () => {
    server = openServerDouble();
    opened = [];
    store = await openAnother();
  });

  afterEach(async () => {
    server.comeUp();
    for (const each of opened) await each.close();
  });

  it('is tried again when it had not been reached', async () => {
    server.writeFaults.push('lost-before', 'not-leader');

    expect(await store.append([append('thing-1', 'no-stream', 'a')])).toMatchObject([{ ok: true, repeated: false }]);
  });

  it.each(['no-stream', 'any', -1] as const)(
    'is asked what it has written when no answer came, expecting %s: it is written once',
    async (expected) => {
      server.writeFaults.push('lost-after');

      expect(await store.append([append('thing-1', expected, 'a', 'b')])).toMatchObject([
        { ok: true, streamVersion: 1 },
      ]);
      expect(idsOf(await store.readStream('thing-1'))).toEqual(['a', 'b']);
    },
  );

  it('keeps an append of more events than are looked back apart from its repetition', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `e${index}`);
    server.writeFaults.push('lost-after');

    expect(await store.append([append('thing-1', 'any', ...ids)])).toMatchObject([{ ok: true, streamVersion: 99 }]);
  });

  it('is unavailable when it stays away, and nothing was written', async () => {
    server.goDown();

    await expect(store.append([append('thing-1', 'no-stream', 'a')])).rejects.toThrow(EventStoreUnavailableError);
    await expect(store.readStream('thing-1')).rejects.toThrow(EventStoreUnavailableError);
    server.comeUp();
    expect(await store.readStream('thing-1')).toEqual([]);
    expect(await store.append([append('thing-1', 'no-stream', 'a')])).toMatchObject([{ ok: true, repeated: false }]);
  });

  it('leaves open what became of an append that it has not answered before it stayed away', async () => {
    server.writeFaults.push('lost-after');
    const answer = store.append([append('thing-1', 'no-stream', 'a')]);
    while (server.records.every(({ streamId }) => streamId !== 'khop:thing-1')) await new Promise(setImmediate);
    server.goDown();

    await expect(answer).rejects.toThrow(OutcomeUnknownError);
    server.comeUp();
    expect(await store.append([append('thing-1', 'no-stream', 'a')])).toMatchObject([{ ok: true, repeated: true }]);
  });

  it('leaves a batch of several writes open of which it took the first', async () => {
    const another = await openAnother({ writeAppends: 1 });
    server.writeFaults.push(undefined, ...Array.from({ length: 1_000 }, () => 'lost-before' as const));

    await expect(
      another.append([
        append('thing-1', 'no-stream', 'a'),
        append('thing-2', 'no-stream', 'b'),
        append('thing-3', 'any', 'c'),
      ]),
    ).rejects.toThrow(OutcomeUnknownError);
    server.writeFaults.length = 0;
    expect(await store.readStream('thing-1')).toHaveLength(1);
    expect(await store.readStream('thing-3')).toEqual([]);
  });

  it('refuses what is larger than it takes, and takes the rest', async () => {
    server.maxAppendBytes = 4_000;
    const large = event('large', { data: { text: 'x'.repeat(5_000) } });

    const results = await store.append([
      append('thing-1', 'no-stream', 'a', 'b', 'c', 'd', 'e'),
      { stream: 'thing-2', expected: 'any', events: [large] },
      append('thing-3', 'no-stream', 'f', 'g', 'h', 'i', 'j'),
      append('thing-4', 'no-stream', 'k', 'l', 'm', 'n', 'o'),
    ]);

    expect(results).toMatchObject([
      { ok: true },
      { ok: false, code: 'too-large', limitBytes: 4_000 },
      { ok: true },
      { ok: true },
    ]);
    expect(idsOf((await store.readAll()).events).join('')).toBe('abcdefghijklmno');
  });

  it('goes down and comes up again under a subscription: every event comes once, in order', async () => {
    const seen: string[] = [];
    const abort = new AbortController();
    const following = (async () => {
      for await (const item of store.subscribe({ limit: 3, signal: abort.signal })) {
        if (item.kind === 'events') seen.push(...idsOf(item.page.events));
        if (seen.length >= 30) break;
      }
    })();
    for (let round = 0; round < 3; round++) {
      const ids = Array.from({ length: 10 }, (_, index) => `${round}/${index}`);
      for (const id of ids) await store.append([append('thing-1', 'any', id)]);
      server.goDown();
      // Longer than the store is patient with a single read.
      await new Promise((resolve) => setTimeout(resolve, 250));
      server.comeUp();
    }
    await following;

    expect(seen).toEqual(idsOf(await store.readStream('thing-1')));
  });

  it('ends a subscription at once when its signal is aborted while the server is away', async () => {
    const patient = await openAnother({ patienceMilliseconds: 60_000 });
    const abort = new AbortController();
    let items = 0;

    for await (const _ of patient.subscribe({ signal: abort.signal })) {
      items += 1;
      server.goDown();
      setTimeout(() => abort.abort(), 20);
    }

    expect(items).toBe(1);
  });

  it('can not be opened when it is away', async () => {
    server.goDown();

    await expect(openAnother()).rejects.toThrow(EventStoreUnavailableError);
  });
});

describe('a log on a KurrentDB server', () => {
  it('has its id from whoever opened it first', async () => {
    const server = openServerDouble();
    const stores = await Promise.all([open(server), open(server), open(server, 'other')]);

    const [first, second, other] = await Promise.all(stores.map((store) => store.pointAt()));

    expect(first).toEqual(second);
    expect(first?.logId).not.toBe(other?.logId);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is read with more time than it is written with', async () => {
    const server = openServerDouble();
    const deadlines: string[] = [];
    const connect = (text: string) => {
      deadlines.push(/defaultDeadline=(\d+)/u.exec(text)?.[1] ?? '');
      return server.connect();
    };
    const store = await open(server, 'khop', { connect, appendMilliseconds: 7_000, scanMilliseconds: 90_000 });

    expect(deadlines).toEqual(['90000', '7000']);
    await store.close();
  });

  it('of a newer version is not opened', async () => {
    const server = openServerDouble();
    await server.connect().multiStreamAppend([
      {
        streamName: 'khop!log',
        expectedState: 'no_stream',
        events: [
          { id: 'x', contentType: 'application/json', type: 't', data: { logId: 'x', format: 2 }, metadata: {} },
        ],
      },
    ]);

    await expect(open(server)).rejects.toThrow(LogFromNewerVersionError);
  });

  it('does not take a position within an event for one of its points', async () => {
    const server = openServerDouble();
    const store = await open(server);
    await fill(store, 'thing-1', 3);
    const [first] = await store.readStream('thing-1');

    expect(await store.pointAt((first?.position ?? 0) + 1)).toBeUndefined();
    await store.close();
  });

  it('keeps the personal part apart, under a salt, bound to the event by a commitment', async () => {
    const server = openServerDouble();
    const store = await open(server);
    await store.append([{ stream: 'thing-1', expected: 'any', events: [event('a', { personal: { name: 'Ví Dụ' } })] }]);

    const stored = server.records.find(({ streamId }) => streamId === 'khop:thing-1');
    const data: unknown = JSON.parse(stored?.data ?? '');
    const metadata: unknown = JSON.parse(stored?.metadata ?? '');

    expect(data).toEqual({
      public: { id: 'a' },
      personal: { sealingKey: null, salt: expect.stringMatching(/^.{22}$/u), text: '{"name":"Ví Dụ"}' },
    });
    expect(metadata).toMatchObject({ id: 'a', $correlationId: 'case', commitment: expect.any(String) });
    expect(stored?.metadata).not.toContain('Ví');
    await store.close();
  });

  it('takes streams for two that differ in upper and lower case only, though the server does not in one write', async () => {
    const store = await open(openServerDouble());

    const results = await store.append([append('Thing-1', 'no-stream', 'a'), append('thing-1', 'no-stream', 'b')]);

    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(idsOf(await store.readStream('thing-1'))).toEqual(['b']);
    await store.close();
  });

  it('tells the true position of every append of a batch', async () => {
    const store = await open(openServerDouble());

    const results = await store.append([
      append('thing-1', 'no-stream', 'a', 'b'),
      append('thing-2', 'any', 'c'),
      append('thing-3', -1, 'd', 'e', 'f'),
    ]);

    const ends = await store.readVersions([
      { stream: 'thing-1', version: 1 },
      { stream: 'thing-2', version: 0 },
      { stream: 'thing-3', version: 2 },
    ]);
    expect(results.map((result) => result.ok && result.position)).toEqual(ends.map((end) => end?.position));
    await store.close();
  });

  it('takes only types that the server takes', async () => {
    const store = await open(openServerDouble());

    await expect(
      store.append([{ stream: 'thing-1', expected: 'any', events: [event('a', { type: 'a type' })] }]),
    ).rejects.toThrow(TypeError);
    await store.close();
  });

  it.each(['', 'a:b', 'a/b', 'a'.repeat(64)])('can not be called %j', async (log) => {
    await expect(open(openServerDouble(), log)).rejects.toThrow(TypeError);
  });
});
