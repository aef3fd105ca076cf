import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchClaimed, MismatchFlagged, MismatchSettled, recordStream } from '#contracts/events';
import type { Append } from '#libs/event-store/port';
import type { Code } from '#contracts/verdicts';
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
import { openQueue, type Queue } from './open-queue.ts';
import { queueProjection } from './queue.projection.ts';
import { AGE_BUCKETS, type QueueEntry, type QueueFilter, type QueueQuery } from './queue.query.ts';

const ITEMS = 240;
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T03:00:00.000Z');
const CODES: readonly (readonly Code[])[] = [['FIELD_MISMATCH'], ['NOT_FOUND'], ['FIELD_MISMATCH', 'CROSS_FIELD']];
const NAMES = ['Nguyễn Văn An', 'Trần Thị Bình', 'Đỗ Hữu Cường', 'Lê Thị Ánh', 'Nguyễn Thị Đào'];

/** Birth and death records, in four wards, flagged on forty days; each seventh claimed, each fifth settled. */
function item(number: number): Append[] {
  const record = number % 3 === 0 ? 'death' : 'birth';
  const left = recordStream(record, hashOf(number));
  const at = new Date(NOW - (number % 40) * DAY).toISOString();
  const person = { fullName: NAMES[number % NAMES.length] ?? '' };
  const key = `0000${number % 4}/1/${String(number).padStart(3, '0')}/2020`;
  const given = mismatch({
    check: record,
    codes: CODES[number % 3] ?? [],
    left: { stream: left, version: 0 },
    ward: number % 4 === 0 ? null : `0000${number % 4}`,
  });
  const events = [verdictEvent(given, { at }), event(MismatchFlagged, { verdictId: 'v' }, { at })];
  const lease = new Date(NOW + (number % 2 === 0 ? DAY : -DAY)).toISOString();
  if (number % 7 === 0) {
    events.push(
      event(MismatchClaimed, { holder: number % 14 === 0 ? 'an' : 'binh', leaseUntil: lease, commandId: 'c' }),
    );
  }
  if (number % 5 === 0) {
    events.push(
      event(MismatchSettled, { decision: 'false-alarm', verdictId: 'v', valuesHash: 'h', commandId: 'd' }, { at }),
    );
  }
  return [
    {
      stream: left,
      expected: 'any',
      events: [
        recordEvent(record, 'registered', {
          key,
          content: record === 'birth' ? { child: person } : { deceased: person },
        }),
      ],
    },
    { stream: reconciliation(number, record), expected: 'any', events },
  ];
}

describe('a page of the queue', () => {
  let view: ViewHarness;
  let queue: Queue;
  beforeAll(async () => {
    view = await openHarness(queueProjection);
    queue = openQueue(view.reader);
    await view.store.append(Array.from({ length: ITEMS }, (_, number) => item(number)).flat());
    await view.fold();
  });
  afterAll(() => view.close());

  /** Everything that a query lists, page by page. */
  function all(query: Partial<QueueQuery>, limit = 200): readonly QueueEntry[] {
    const items: QueueEntry[] = [];
    for (let cursor: string | undefined; ;) {
      const page = queue.query({ now: NOW, actor: 'an', ...query, limit, ...(cursor !== undefined && { cursor }) });
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = page.next;
    }
  }

  const filters: readonly QueueFilter[] = [
    {},
    { checks: ['birth'] },
    { codes: ['CROSS_FIELD', 'NOT_FOUND'] },
    { registries: ['civil-status'] },
    { registries: ['residents'] },
    { wards: ['00001', null] },
    { wards: ['99999'] },
    { ages: ['0-2', '16-30'] },
    { ages: ['31+'], wards: ['00003'] },
    { from: '2026-11-01', to: '2026-11-05' },
    { holders: ['an'] },
    { holders: [null, 'binh'], checks: ['death'] },
    { checks: ['birth'], codes: ['FIELD_MISMATCH'], wards: ['00002'], ages: ['3-5', '6-10'] },
    { text: 'nguyen' },
    { text: 'an nguyễn', checks: ['birth'] },
    { text: '00001', codes: ['NOT_FOUND'] },
    { text: 'nobody at all' },
  ];

  it.each(filters)('counts what it lists: %j', (filter) => {
    for (const tab of [undefined, 'mine', 'unclaimed', 'overdue', 'done'] as const) {
      const query = { filter, ...(tab !== undefined && { tab }) };
      const page = queue.query({ now: NOW, actor: 'an', ...query });
      const items = all(query);
      expect(items).toHaveLength(page.total);
      if (tab !== undefined) expect(page.tabs[tab]).toBe(page.total);
    }
  });

  it.each(filters)('counts for each facet what choosing its value would list: %j', (filter) => {
    const { facets } = queue.query({ now: NOW, actor: 'an', filter });
    const total = (chosen: QueueFilter): number =>
      queue.query({ now: NOW, actor: 'an', filter: { ...filter, ...chosen } }).total;
    for (const { value, count } of facets.check) expect(total({ checks: [value] })).toBe(count);
    for (const { value, count } of facets.code) expect(total({ codes: [value] })).toBe(count);
    for (const { value, count } of facets.registry) expect(total({ registries: [value] })).toBe(count);
    for (const { value, count } of facets.ward) expect(total({ wards: [value] })).toBe(count);
    for (const { value, count } of facets.age) expect(total({ ages: [value] })).toBe(count);
    for (const { value, count } of facets.holder) expect(total({ holders: [value] })).toBe(count);
  });

  it('shows only what passes the filter', () => {
    for (const { codes, check, ward, ageDays } of all({
      filter: { checks: ['birth'], codes: ['CROSS_FIELD'], wards: ['00002'], ages: ['6-10'] },
    })) {
      expect(check).toBe('birth');
      expect(codes).toContain('CROSS_FIELD');
      expect(ward).toBe('00002');
      expect(ageDays).toBeGreaterThanOrEqual(6);
      expect(ageDays).toBeLessThan(11);
    }
  });

  it.each(['newest', 'oldest', 'due', 'key'] as const)(
    'goes page by page through everything, once, sorted: %s',
    (sort) => {
      for (const filter of [{}, { text: 'nguyen' }, { wards: ['00001'] }]) {
        const pages = all({ sort, filter }, 7);
        expect(pages).toEqual(all({ sort, filter }));
        expect(new Set(pages.map(({ reconciliation: id, check }) => `${check}${id}`)).size).toBe(pages.length);
        const keys = pages.map(({ recordKey, openedAt }) => (sort === 'key' ? recordKey : (openedAt ?? '')));
        expect(keys).toEqual(sort === 'newest' ? keys.toSorted().toReversed() : keys.toSorted());
      }
    },
  );

  it('finds names without regard to diacritics, and keys by their beginning', () => {
    expect(all({ filter: { text: 'le anh' } }).every(({ name }) => name === 'Lê Thị Ánh')).toBe(true);
    expect(all({ filter: { text: 'ĐỖ' } }).length).toBeGreaterThan(0);
    expect(all({ filter: { text: '00001/1/009' } }).map(({ recordKey }) => recordKey)).toEqual(['00001/1/009/2020']);
    expect(all({ filter: { text: '"; DROP' } })).toEqual([]);
  });

  it('has an age for every day', () => {
    expect(AGE_BUCKETS.every(({ from }, index) => from === (AGE_BUCKETS[index - 1]?.below ?? 0))).toBe(true);
  });

  it('refuses a cursor of another sort, one that is none, and a day that is none', () => {
    const { next } = queue.query({ now: NOW, limit: 5 });
    const ask = (query: Partial<QueueQuery>) => () => queue.query({ now: NOW, ...query });
    expect(ask({ cursor: next ?? '', sort: 'oldest' })).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
    expect(ask({ cursor: 'nonsense' })).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
    expect(ask({ filter: { from: '1 May' } })).toThrow(expect.objectContaining({ code: 'invalid-day' }));
  });

  it('has no personal value in a cursor', () => {
    const { next } = queue.query({ now: NOW, sort: 'key', limit: 5 });
    expect(JSON.parse(Buffer.from(next ?? '', 'base64url').toString())).toEqual(['key', expect.any(Number)]);
  });

  it('sees what has changed since', async () => {
    const before = queue.query({ now: NOW });
    await view.store.append(item(ITEMS + 1));
    await view.fold();
    const after = queue.query({ now: NOW });
    expect(after.total).toBe(before.total + 1);
    expect(after.position).toBeGreaterThan(before.position);
  });
});
