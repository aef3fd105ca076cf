import { expect, it } from '@jest/globals';
import { Pace } from './pace.ts';

it('slices rest as long as the rate makes them', () => {
  const pace = new Pace(1_000);
  expect(pace.restMilliseconds(5_000)).toBe(0);
  let now = 5_000;
  let done = 0;
  for (let slice = 0; slice < 20; slice += 1) {
    pace.took(500, now);
    done += 500;
    now += pace.restMilliseconds(now);
  }
  const perSecond = done / ((now - 5_000) / 1_000);
  // What was late by a second at most is caught up with: here, at the beginning.
  expect(perSecond).toBeGreaterThanOrEqual(1_000);
  expect(perSecond).toBeLessThan(1_200);
});

it('a clock that was put back does not hold work up, and no rate is no rest', () => {
  const pace = new Pace(1);
  pace.took(500, 100_000);
  expect(pace.restMilliseconds(90_000)).toBe(0);
  const free = new Pace(0);
  free.took(1_000_000, 100_000);
  expect(free.restMilliseconds(100_000)).toBe(0);
});
