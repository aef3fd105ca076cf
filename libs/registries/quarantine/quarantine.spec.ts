import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordQuarantined } from '#contracts/events';
import { openIntakeBench, type IntakeBench } from '../intake/intake-fixtures.ts';
import { reason } from '../validation/index.ts';
import { keepableRow } from './keepable-row.ts';
import { findQuarantined, listQuarantine, quarantineRows, resolveQuarantined, type RejectedRow } from './index.ts';

const intake = { intakeId: 'intake-1', registry: 'residents', record: 'resident', fileName: 'residents.jsonl' };
const row = (raw: unknown, line = 1): RejectedRow => ({
  line,
  raw,
  reasons: [reason('gender', 'unknown-spelling', 'text of 1')],
});

describe('quarantine', () => {
  let bench: IntakeBench;
  beforeEach(async () => {
    bench = await openIntakeBench();
  });
  afterEach(() => bench.close());

  const put = (rows: readonly RejectedRow[], into = intake) => quarantineRows(bench.deps, into, rows);

  it('holds a row once, however often it comes and whatever the order of its fields', async () => {
    const ids = await put([row({ a: 1, b: 2 }), row({ b: 2, a: 1 }, 2), row({ a: 1 }, 3)]);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    await put([row({ a: 1, b: 2 })]);
    expect(await bench.events([RecordQuarantined.type])).toHaveLength(2);
    expect(await findQuarantined(bench.deps.store, ids[0] ?? '')).toMatchObject({
      state: 'open',
      registry: 'residents',
      record: 'resident',
      line: 1,
      fileName: 'residents.jsonl',
      row: { a: 1, b: 2 },
      reasons: [{ field: 'gender', code: 'unknown-spelling', shape: 'text of 1' }],
    });
  });

  it('tells nothing of the row in its ids and in the public part of its events', async () => {
    const [id] = await put([row({ personalId: '001080000001' })]);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const [event] = await bench.events();
    expect(JSON.stringify([event?.stream, event?.id, event?.data])).not.toContain('001080000001');
  });

  it('takes a row in again that comes back after it was settled', async () => {
    const [id = ''] = await put([row({ a: 1 })]);
    await resolveQuarantined(bench.deps, intake, id, 'residents.resident-x');
    await resolveQuarantined(bench.deps, intake, id, 'residents.resident-x');
    expect(await findQuarantined(bench.deps.store, id)).toMatchObject({
      state: 'resolved',
      recordStream: 'residents.resident-x',
    });
    await put([row({ a: 1 }, 9)]);
    expect((await listQuarantine(bench.deps.store)).items).toMatchObject([{ state: 'open', line: 9 }]);
    expect(await bench.events()).toHaveLength(3);
  });

  it('counts a row that came to fix an item and did not as a failed attempt', async () => {
    const [id = ''] = await put([row({ a: 1 })]);
    expect(await put([{ ...row({ a: 2 }), quarantineId: id }])).toEqual([id]);
    expect(await findQuarantined(bench.deps.store, id)).toMatchObject({
      state: 'open',
      row: { a: 2 },
      failedResubmissions: 1,
    });
    const [stranger] = await put([{ ...row({ a: 3 }), quarantineId: 'f'.repeat(32) }]);
    expect(stranger).not.toBe('f'.repeat(32));
  });

  it('is listed in pages, by registry and record', async () => {
    await put(Array.from({ length: 5 }, (_, index) => row({ index }, index)));
    await put([row({ a: 1 })], { ...intake, registry: 'tax-office', record: 'taxpayer' });
    const first = await listQuarantine(bench.deps.store, { limit: 3 });
    const second = await listQuarantine(bench.deps.store, { limit: 3, after: first.next });
    expect(first.items.map((item) => item.line)).toEqual([0, 1, 2]);
    expect(first.end).toBe(false);
    expect(second.items.map((item) => item.record)).toEqual(['resident', 'resident', 'taxpayer']);
    expect((await listQuarantine(bench.deps.store, { registry: 'tax-office' })).items).toHaveLength(1);
    expect((await listQuarantine(bench.deps.store, { record: 'birth' })).items).toEqual([]);
  });
});

describe('a row that is kept', () => {
  it('is cut when it is long, and left out when it is nested to do harm', () => {
    expect(keepableRow({ a: 'x'.repeat(100_000) }).row).toHaveLength(65_536);
    expect(keepableRow('y'.repeat(100_000)).row).toHaveLength(65_536);
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(keepableRow(deep).row).toBe('(nested too deeply to be kept)');
    expect(keepableRow({ personalId: '1', x: deep }).row).toEqual({
      personalId: '1',
      x: '(nested too deeply to be kept)',
    });
  });

  it('keeps names that every object has as plain fields', () => {
    const { row: kept } = keepableRow(JSON.parse('{"__proto__":{"x":1},"a":1}'));
    expect(JSON.stringify(kept)).toBe('{"__proto__":{"x":1},"a":1}');
  });
});
