import { describe, expect, it } from '@jest/globals';
import { claim, end, given, match, mismatch, MINUTE, MONDAY, request, settle } from './given-when-then.ts';
import { dueAt, queueItemAt, tabsFor } from './queue-item.ts';
import type { ReconciliationState } from './reconciliation.state.ts';

const HALF_HOUR_LATER = MONDAY + 30 * MINUTE;
const THREE_WEEKS_LATER = MONDAY + 21 * 24 * 60 * MINUTE;

const tabs = (state: ReconciliationState, viewer: string, now = MONDAY) => {
  const item = queueItemAt(state, now);
  return item === null ? null : tabsFor(item, viewer);
};

describe('an item of the queue', () => {
  it('is unclaimed until someone claims it, and again when the lease has run out', () => {
    expect(tabs(given(mismatch(10)).state, 'an')).toEqual(['unclaimed']);
    const claimed = given(mismatch(10), claim({ by: 'an' })).state;
    expect(tabs(claimed, 'an')).toEqual(['mine']);
    expect(tabs(claimed, 'binh')).toEqual([]);
    expect(tabs(claimed, 'an', HALF_HOUR_LATER)).toEqual(['unclaimed']);
    expect(queueItemAt(claimed, HALF_HOUR_LATER)?.claim).toBeNull();
  });

  it('waits for an agency while a correction request is open', () => {
    const asked = given(mismatch(10), claim(), request()).state;
    expect(tabs(asked, 'an')).toEqual(['mine', 'waiting-for-agency']);
    expect(tabs(asked, 'an', HALF_HOUR_LATER)).toEqual(['waiting-for-agency']);
  });

  it('is overdue when the time to fix it at the source is over', () => {
    expect(tabs(given(mismatch(10)).state, 'an', THREE_WEEKS_LATER)).toEqual(['unclaimed', 'overdue']);
  });

  it('is done when it was settled or cleared', () => {
    expect(tabs(given(mismatch(10), settle()).state, 'an')).toEqual(['done']);
    expect(tabs(given(mismatch(10), match(20)).state, 'an')).toEqual(['done']);
  });

  it('is none when it never mismatched, or its record is gone', () => {
    expect(queueItemAt(given(match(10)).state, MONDAY)).toBeNull();
    expect(queueItemAt(given(mismatch(10), match(20), end(30)).state, MONDAY)).toBeNull();
  });
});

describe('due dates', () => {
  const due = (opened: string, workingDaysToFix = 10) =>
    new Date(dueAt(Date.parse(opened), { workingDaysToFix })).toISOString();

  it('leave ten working days, Monday to Friday, until the end of the day in Hà Nội', () => {
    // Opened on Monday 2 November 2026, due by the end of Monday 16 November.
    expect(due('2026-11-02T01:00:00Z')).toBe('2026-11-16T17:00:00.000Z');
    expect(due('2026-11-02T01:00:00Z', 1)).toBe('2026-11-03T17:00:00.000Z');
  });

  it('do not count the days of a weekend', () => {
    expect(due('2026-11-06T01:00:00Z', 1)).toBe('2026-11-09T17:00:00.000Z');
    expect(due('2026-11-07T01:00:00Z', 1)).toBe('2026-11-09T17:00:00.000Z');
  });

  it('go by the day in Hà Nội, which begins seven hours before that of UTC', () => {
    expect(due('2026-11-05T18:00:00Z', 1)).toBe('2026-11-09T17:00:00.000Z');
  });
});
