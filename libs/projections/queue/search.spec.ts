import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchClaimed, MismatchFlagged, ReconciliationEnded, recordStream } from '#contracts/events';
import type { Append, NewEvent } from '#libs/event-store/port';
import {
  event,
  hashOf,
  mismatch,
  openHarness,
  reconciliation,
  recordEvent,
  verdictEvent,
  type ViewHarness,
} from '../testing/index.ts';
import { openItemCache } from './item-cache.ts';
import { masksOf } from './masks.ts';
import { openCellCache } from './cell-cache.ts';
import { countHits, openSearch } from './search.ts';
import { FacetCounter } from './facet-counter.ts';
import { openQueue, type Queue } from './open-queue.ts';
import { queueProjection } from './queue.projection.ts';
import type { QueueQuery } from './queue.query.ts';

const NOW = Date.parse('2026-11-20T03:00:00.000Z');
/** More than what a search once looked at. */
const MANY = 3_300;
const OLD = 1;

/** Births of people of one name, each flagged a minute after the one before; the oldest differs from all others in code and ward. */
function item(number: number): Append[] {
  const left = recordStream('birth', hashOf(number));
  const at = new Date(NOW - (MANY + 10 - number) * 60_000).toISOString();
  const given = mismatch({
    left: { stream: left, version: 0 },
    ...(number === OLD && { codes: ['NOT_FOUND'], ward: '00009', right: null, findings: [] }),
  });
  const key = `00001/1/${String(number).padStart(5, '0')}/2020-01-01`;
  const content = { child: { fullName: 'Nguyễn Văn An' } };
  return [
    { stream: left, expected: 'any', events: [recordEvent('birth', 'registered', { key, content })] },
    {
      stream: reconciliation(number),
      expected: 'any',
      events: [verdictEvent(given, { at }), event(MismatchFlagged, { verdictId: 'v' }, { at })],
    },
  ];
}

describe('a search that matches very many', () => {
  let view: ViewHarness;
  let queue: Queue;
  beforeAll(async () => {
    view = await openHarness(queueProjection);
    queue = openQueue(view.reader);
    for (let first = 1; first <= MANY; first += 550) {
      await view.store.append(Array.from({ length: 550 }, (_, index) => item(first + index)).flat());
    }
    await view.fold();
  });
  afterAll(() => view.close());

  const ask = (query: Partial<QueueQuery>) =>
    queue.query({ now: NOW, ...query, filter: { text: 'nguyen an', ...query.filter } });
  const old = hashOf(OLD);

  it('counts all of them', () => {
    const { total, cut, facets } = ask({ limit: 1 });
    expect([total, cut]).toEqual([MANY, false]);
    expect(facets.code).toEqual([
      { value: 'FIELD_MISMATCH', count: MANY - 1 },
      { value: 'NOT_FOUND', count: 1 },
    ]);
  });

  it.each<[string, Partial<QueueQuery>]>([
    ['a filter', { filter: { codes: ['NOT_FOUND'] } }],
    ['another filter', { filter: { wards: ['00009'] } }],
    ['the order', { sort: 'oldest', limit: 1 }],
    ['the order of what is due', { sort: 'due', limit: 1 }],
    ['the order of keys', { sort: 'key', limit: 1 }],
  ])('finds an old one by %s', (_, query) => {
    expect(ask(query).items.map(({ reconciliation: hash }) => hash)).toEqual([old]);
  });

  it.each(['newest', 'oldest', 'key'] as const)('lists each once, page by page, in the order %s', (sort) => {
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = ask({ sort, limit: 200, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ reconciliation: hash }) => hash));
      cursor = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([MANY, MANY]);
    expect(seen.at(sort === 'newest' ? -1 : 0)).toBe(old);
  });

  it('sees at once what has changed since it first looked', async () => {
    expect(ask({ filter: { holders: ['lan'] } }).total).toBe(0);
    const given = (number: number, ...events: NewEvent[]) => view.given(reconciliation(number), ...events);
    const leaseUntil = new Date(NOW + 60_000).toISOString();
    await given(7, event(MismatchClaimed, { holder: 'lan', leaseUntil, commandId: 'c' }));
    await given(8, event(ReconciliationEnded, { why: 'record-withdrawn', asOf: 9 }));
    await view.store.append(item(MANY + 1));
    await view.fold();
    expect(ask({ filter: { holders: ['lan'] } }).items).toMatchObject([{ reconciliation: hashOf(7) }]);
    expect(ask({ limit: 1 }).items).toMatchObject([{ reconciliation: hashOf(MANY + 1) }]);
    expect(ask({}).total).toBe(MANY);
  });

  it('says when it matches more than it looks at', () => {
    view.reader.read((snapshot) => {
      const hits = openSearch(10).find(snapshot, 'nguyen');
      const cells = openCellCache().refresh(snapshot);
      const query = { now: NOW };
      const passed = countHits(hits, masksOf(cells, query), new FacetCounter(cells), NOW);
      expect([hits.cut, passed.length]).toEqual([true, 10]);
      const { id, size } = openItemCache().refresh(snapshot);
      expect([...passed].map((place) => hits.items.id[place])).toEqual([...id.subarray(size - 10, size)].toReversed());
    });
  });
});
