import { describe, expect, it } from '@jest/globals';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('gives the same stream for the same seeds', () => {
    const [one, two] = [createRandom(7, 3), createRandom(7, 3)];
    expect(Array.from({ length: 20 }, () => one.next())).toEqual(Array.from({ length: 20 }, () => two.next()));
  });

  it('gives unrelated streams for neighbouring seeds', () => {
    const streams = [createRandom(7, 3), createRandom(7, 4), createRandom(8, 3), createRandom(3, 7)];
    const drawn = streams.flatMap((stream) => Array.from({ length: 20 }, () => stream.next()));
    expect(new Set(drawn).size).toBe(80);
  });

  it('stays within its bounds and reaches both ends', () => {
    const random = createRandom(1);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('is even enough for rates', () => {
    const random = createRandom(42);
    const hits = Array.from({ length: 20_000 }, () => random.chance(0.05)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1100);
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError);
  });
});
