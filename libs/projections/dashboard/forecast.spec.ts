import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../shared/index.ts';
import type { DashboardDay } from './dashboard.query.ts';
import { forecastFrom } from './forecast.ts';

const day = (flagged: number, cleared: number): DashboardDay => ({
  day: '2026-11-02',
  judged: 0,
  matched: 0,
  mismatched: 0,
  flagged,
  reopened: 0,
  cleared,
  settled: 0,
  ended: 0,
});
const TODAY = parseDay('2026-11-03');

describe('the forecast', () => {
  it('goes on as the last days did', () => {
    const target = parseDay('2026-11-13');
    expect(forecastFrom(100, [day(5, 15), day(0, 10)], TODAY, target)).toEqual({
      open: 100,
      perDay: 10,
      emptyOn: '2026-11-13',
      inTime: true,
      neededPerDay: 10,
    });
  });

  it('knows no day on which a growing queue is empty', () => {
    expect(forecastFrom(10, [day(5, 5)], TODAY, undefined)).toMatchObject({ perDay: 0, emptyOn: null });
    expect(forecastFrom(10, [], TODAY, TODAY)).toMatchObject({ emptyOn: null, inTime: false, neededPerDay: 10 });
    expect(forecastFrom(1e9, [day(0, 1)], TODAY, undefined).emptyOn).toBeNull();
  });

  it('is today when nothing is open', () => {
    expect(forecastFrom(0, [day(5, 0)], TODAY, TODAY)).toMatchObject({ emptyOn: '2026-11-03', inTime: true });
  });
});
