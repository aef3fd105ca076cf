import { describe, expect, it } from '@jest/globals';
import { backoffMilliseconds, persist } from './backoff.ts';

const backoff = { firstMilliseconds: 100, longestMilliseconds: 1000 };

describe('waiting between tries', () => {
  it('doubles up to the longest wait, and is spread over its upper half', () => {
    expect([1, 2, 3, 4, 5, 60].map((failures) => backoffMilliseconds(failures, backoff, 0))).toEqual([
      50, 100, 200, 400, 500, 500,
    ]);
    expect(backoffMilliseconds(1, backoff, 0.5)).toBe(75);
  });

  it('goes on until it works, and tells of every failure', async () => {
    const told: number[] = [];
    let calls = 0;
    const work = async (): Promise<string> => {
      calls += 1;
      if (calls < 4) throw new Error('not yet');
      return 'done';
    };
    const result = await persist(work, {
      signal: new AbortController().signal,
      backoff: { firstMilliseconds: 1, longestMilliseconds: 2 },
      random: () => 0,
      onFailure: (_error, failures) => told.push(failures),
    });
    expect(result).toBe('done');
    expect(told).toEqual([1, 2, 3]);
  });

  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    const trying = persist(() => Promise.reject(new Error('never')), {
      signal: stop.signal,
      backoff: { firstMilliseconds: 60_000, longestMilliseconds: 60_000 },
      random: () => 0,
      onFailure: () => setTimeout(() => stop.abort(), 5),
    });
    await expect(trying).rejects.toMatchObject({ name: 'AbortError' });
  });
});
