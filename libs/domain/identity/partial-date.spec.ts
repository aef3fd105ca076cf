import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePartialDate } from './index.ts';

describe('a date', () => {
  it.each([
    ['2023-02-28', '2023-02-28'],
    ['2023-02', '2023-02'],
    ['2023', '2023'],
    ['28/02/2023', '2023-02-28'],
    ['02/2023', '2023-02'],
    [' 2023-02-28 ', '2023-02-28'],
    ['29/02/2024', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
  ])('%j is %s', (text, date) => {
    expect(parsePartialDate(text)).toEqual({ ok: true, value: date });
  });

  it.each([
    '2023-02-30',
    '30/02/2023',
    '1900-02-29',
    '2023-13',
    '13/2023',
    '2023-00',
    '00/01/2023',
    '31/04/2023',
    '0000',
  ])('%s is no day of the calendar', (text) => {
    expect(parsePartialDate(text)).toEqual({ ok: false, reason: 'IMPOSSIBLE_DATE' });
  });

  it.each(['5/3/1980', '1980-3-5', '03-05-1980', '19800305', '1980-03-05T00:00:00', 'năm 1980', '05/03/80'])(
    '%s is written in no known form',
    (text) => {
      expect(parsePartialDate(text)).toEqual({ ok: false, reason: 'FORM' });
    },
  );

  it('may be missing', () => {
    expect(parsePartialDate('  ')).toEqual({ ok: false, reason: 'EMPTY' });
  });

  it('that exists is read from either form', () => {
    const days = fc.date({ min: new Date('1800-01-01'), max: new Date('2399-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10);
        const [year, month, date] = iso.split('-');
        expect(parsePartialDate(iso)).toEqual({ ok: true, value: iso });
        expect(parsePartialDate(`${date ?? ''}/${month ?? ''}/${year ?? ''}`)).toEqual({ ok: true, value: iso });
      }),
    );
  });

  it('is refused, not thrown at, whatever the string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof parsePartialDate(text).ok).toBe('boolean');
      }),
    );
  });
});
