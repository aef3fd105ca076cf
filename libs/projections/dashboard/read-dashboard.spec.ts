import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchCleared, MismatchFlagged, MismatchSettled, recordStream } from '#contracts/events';
import type { NewEvent } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { openViewReader, runProjections } from '../engine/index.ts';
import { openQueue, queueProjection } from '../queue/index.ts';
import { event, hashOf, mismatch, reconciliation, verdict, verdictEvent } from '../testing/index.ts';
import { verdictsProjection } from '../verdicts/index.ts';
import type { DashboardQuery } from './dashboard.query.ts';
import { readDashboard } from './read-dashboard.ts';

const MONDAY = '2026-11-02T03:00:00.000Z';
const TUESDAY = '2026-11-03T03:00:00.000Z';
const NOW = Date.parse(TUESDAY);
const enterprise = { stream: recordStream('enterprise', hashOf(7)), version: 0 };

const flagged = (at: string): NewEvent => event(MismatchFlagged, { verdictId: 'v' }, { at });
const cleared = (at: string): NewEvent => event(MismatchCleared, { verdictId: 'v' }, { at });
const settled = (at: string): NewEvent =>
  event(MismatchSettled, { decision: 'false-alarm', verdictId: 'v', valuesHash: 'h', commandId: 'c' }, { at });

describe('dashboard', () => {
  let root: string;
  let store: SqliteEventStore;
  let views: { readonly verdicts: ReturnType<typeof openViewReader>; readonly queue: ReturnType<typeof openQueue> };
  let close: () => void;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'khop-dashboard-'));
    const directory = join(root, 'views');
    store = await SqliteEventStore.open({ directory: join(root, 'log') });
    const given = async (stream: string, ...events: readonly NewEvent[]) =>
      store.append([{ stream, expected: 'any', events }]);
    // Three births on Monday: one matches, two do not, of which one is cleared on Tuesday.
    await given(reconciliation(1), verdictEvent(verdict(), { at: MONDAY }));
    await given(reconciliation(2), verdictEvent(mismatch(), { at: MONDAY }), flagged(MONDAY));
    await given(
      reconciliation(3),
      verdictEvent(mismatch({ ward: '00002', codes: ['NOT_FOUND'], findings: [] }), { at: MONDAY }),
      flagged(MONDAY),
    );
    await given(reconciliation(2), verdictEvent(verdict({ rules: '2026-12-01' }), { at: TUESDAY }), cleared(TUESDAY));
    // Two of the other registry on Tuesday, one of them settled.
    for (const number of [4, 5]) {
      const given5 = mismatch({
        check: 'tax-registration',
        left: enterprise,
        findings: [
          { field: 'name', verdict: 'DIFFERENT' },
          { field: 'address', verdict: 'MISSING_LEFT' },
        ],
      });
      await given(reconciliation(number, 'tax-registration'), verdictEvent(given5, { at: TUESDAY }), flagged(TUESDAY));
    }
    await given(reconciliation(5, 'tax-registration'), settled(TUESDAY));

    const running = await runProjections({ store, directory, projections: [verdictsProjection, queueProjection] });
    await running.caughtUpTo(await store.head(), 5_000);
    await running.close();
    const verdicts = openViewReader(directory, verdictsProjection);
    const queue = openViewReader(directory, queueProjection);
    views = { verdicts, queue: openQueue(queue) };
    close = () => {
      verdicts.close();
      queue.close();
    };
  });
  afterAll(async () => {
    close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  const read = (query: Partial<DashboardQuery> = {}) => readDashboard(views, { now: NOW, ...query });

  it('counts the current verdicts by check, registry, ward and rules', () => {
    const { total, checks, registries, wards, rules } = read();
    expect(total).toEqual({
      judged: 5,
      matched: 2,
      mismatched: 3,
      notApplicable: 0,
      byCode: { FIELD_MISMATCH: 2, NOT_FOUND: 1 },
    });
    expect(checks).toMatchObject([
      { check: 'birth', matched: 2, mismatched: 1 },
      { check: 'tax-registration', matched: 0, mismatched: 2 },
    ]);
    expect(registries).toMatchObject([
      { registry: 'civil-status' },
      { registry: 'enterprise-registry', mismatched: 2 },
    ]);
    expect(wards).toMatchObject([
      { ward: '00001', judged: 4, mismatched: 2 },
      { ward: '00002', judged: 1, mismatched: 1 },
    ]);
    expect(rules).toMatchObject([
      { rules: '2026-11-01', judged: 4 },
      { rules: '2026-12-01', judged: 1 },
    ]);
  });

  it('names the fields that go wrong most; a missing value is none', () => {
    expect(read().fields).toEqual([{ check: 'tax-registration', field: 'name', verdict: 'DIFFERENT', mismatches: 2 }]);
  });

  it('says what was judged, flagged and cleaned on each day', () => {
    expect(read({ from: '2026-11-01' }).days).toEqual([
      {
        day: '2026-11-01',
        judged: 0,
        matched: 0,
        mismatched: 0,
        flagged: 0,
        reopened: 0,
        cleared: 0,
        settled: 0,
        ended: 0,
      },
      {
        day: '2026-11-02',
        judged: 3,
        matched: 1,
        mismatched: 2,
        flagged: 2,
        reopened: 0,
        cleared: 0,
        settled: 0,
        ended: 0,
      },
      {
        day: '2026-11-03',
        judged: 3,
        matched: 1,
        mismatched: 2,
        flagged: 2,
        reopened: 0,
        cleared: 1,
        settled: 1,
        ended: 0,
      },
    ]);
    expect(read().days).toHaveLength(30);
  });

  it('looks at a part of the province', () => {
    const part = read({ filter: { checks: ['birth'], wards: ['00002'] }, from: '2026-11-02' });
    expect(part.total).toMatchObject({ judged: 1, mismatched: 1 });
    expect(part.days.map(({ judged, flagged: came, cleared: left }) => [judged, came, left])).toEqual([
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(part.tabs).toMatchObject({ unclaimed: 1, done: 0 });
    expect(read({ filter: { registries: ['residents'] } }).total.judged).toBe(0);
  });

  it('counts open items by age, computed when read', () => {
    expect(read().ages).toEqual([{ value: '0-2', count: 2 }]);
    expect(read({ now: NOW + 3 * 86_400_000 }).ages).toEqual([{ value: '3-5', count: 2 }]);
  });

  it('says when the queue will be empty', () => {
    expect(read({ forecastDays: 2 }).forecast).toEqual({
      open: 2,
      perDay: -1,
      emptyOn: null,
      inTime: null,
      neededPerDay: null,
    });
    expect(read({ forecastDays: 2, targetDay: '2026-11-05' }).forecast).toMatchObject({
      inTime: false,
      neededPerDay: 1,
    });
  });

  it('refuses a day that is none', () => {
    expect(() => read({ from: 'soon' })).toThrow(expect.objectContaining({ code: 'invalid-day' }));
    expect(() => read({ targetDay: '2026' })).toThrow(expect.objectContaining({ code: 'invalid-day' }));
  });
});
