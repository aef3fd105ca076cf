import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { recordSpans, traceparentFor, type RecordedSpans } from '#libs/telemetry/testing';
import type { Append, EventStore, NewEvent } from '../port/index.ts';
import { publishing } from './index.ts';

const event = (id: string, traceparent?: string): NewEvent => ({
  id,
  type: `khop.test.${id}.v1`,
  schemaVersion: 1,
  occurredAt: '2026-11-22T00:00:00.000Z',
  correlationId: id,
  traceparent,
  data: {},
});
const append = (stream: string, ...events: NewEvent[]): Append => ({ stream, expected: 'no-stream', events });

describe('an event that is appended', () => {
  let directory: string;
  let plain: EventStore;
  let spans: RecordedSpans;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-publishing-'));
    plain = await SqliteEventStore.open({ directory });
    spans = await recordSpans();
  });
  afterEach(async () => {
    await spans.close();
    await plain.close();
    await rm(directory, { recursive: true });
  });
  const traceparentsOf = async (stream: string) =>
    (await plain.readStream(stream)).map(({ traceparent }) => traceparent);

  it('has a publish span of its own, a child of what it came from, and carries it on', async () => {
    const origin = traceparentFor(1);
    await publishing(plain, 'sqlite').append([append('a', event('one', origin), event('two', origin))]);
    const seen = spans.all();
    expect(seen.map(({ name, parent }) => [name, parent])).toEqual([
      ['publish khop.test.one.v1', origin],
      ['publish khop.test.two.v1', origin],
    ]);
    expect(await traceparentsOf('a')).toEqual(seen.map(({ traceparent }) => traceparent));
    expect(seen[0]?.attributes).toMatchObject({ 'messaging.destination.name': 'a', 'db.system.name': 'sqlite' });
  });

  it('is left as it is where its trace is not kept, or there is none', async () => {
    const unkept = traceparentFor(1, false);
    await publishing(plain, 'sqlite').append([append('a', event('one', unkept), event('two'))]);
    expect(spans.all()).toEqual([]);
    expect(await traceparentsOf('a')).toEqual([unkept, undefined]);
  });

  it('has none when it was refused, or had been appended before', async () => {
    const store = publishing(plain, 'sqlite');
    const first = append('a', event('one', traceparentFor(1)));
    await store.append([first]);
    const [again, refused] = await store.append([first, append('a', event('two', traceparentFor(2)))]);
    expect([again, refused]).toMatchObject([{ repeated: true }, { ok: false }]);
    expect(spans.all()).toHaveLength(1);
  });

  it('costs nothing without tracing: the store is the very same', async () => {
    await spans.close();
    expect(publishing(plain, 'sqlite')).toBe(plain);
  });
});
