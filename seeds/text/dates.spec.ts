import { describe, expect, it } from '@jest/globals';
import { otherDayOfYear, swapDayAndMonth, yearsEarlier } from './dates.ts';

describe('Variants of a date', () => {
  it('swap day and month where that gives another date', () => {
    expect(swapDayAndMonth('1980-05-07')).toBe('1980-07-05');
    expect(swapDayAndMonth('1980-05-13')).toBeUndefined();
    expect(swapDayAndMonth('1980-05-05')).toBeUndefined();
  });

  it('give another day of the year that is no swap', () => {
    for (let month = 1; month <= 12; month += 1) {
      for (let day = 1; day <= 28; day += 1) {
        const date = `1980-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const other = otherDayOfYear(date);
        expect(other).toMatch(/^1980-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/);
        expect([date, swapDayAndMonth(date)]).not.toContain(other);
      }
    }
  });

  it('go back some years', () => {
    expect(yearsEarlier('2001-03-04', 2)).toBe('1999-03-04');
  });
});
