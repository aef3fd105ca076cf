import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { ExpectedState } from '../port/index.ts';
import { append, fill, idsOf } from './samples.ts';

interface MatrixCase {
  readonly events: number;
  readonly expected: ExpectedState;
  /** The version after the append, or the actual one that the refusal tells. */
  readonly outcome: { readonly version: number } | { readonly actual: number | null };
}

const MATRIX: readonly MatrixCase[] = [
  { events: 0, expected: 'no-stream', outcome: { version: 0 } },
  { events: 0, expected: 'any', outcome: { version: 0 } },
  { events: 0, expected: -1, outcome: { version: 0 } },
  { events: 0, expected: 'stream-exists', outcome: { actual: null } },
  { events: 0, expected: 0, outcome: { actual: null } },
  { events: 0, expected: 7, outcome: { actual: null } },
  { events: 1, expected: 'no-stream', outcome: { actual: 0 } },
  { events: 1, expected: 'any', outcome: { version: 1 } },
  { events: 1, expected: -1, outcome: { actual: 0 } },
  { events: 1, expected: 'stream-exists', outcome: { version: 1 } },
  { events: 1, expected: 0, outcome: { version: 1 } },
  { events: 1, expected: 1, outcome: { actual: 0 } },
  { events: 3, expected: 'no-stream', outcome: { actual: 2 } },
  { events: 3, expected: 'any', outcome: { version: 3 } },
  { events: 3, expected: 'stream-exists', outcome: { version: 3 } },
  { events: 3, expected: 0, outcome: { actual: 2 } },
  { events: 3, expected: 1, outcome: { actual: 2 } },
  { events: 3, expected: 2, outcome: { version: 3 } },
  { events: 3, expected: 3, outcome: { actual: 2 } },
];

export const expectedState: Cases = (bench) => {
  it.each(MATRIX)('with $events events there, expecting $expected: $outcome', async ({ events, expected, outcome }) => {
    const { store } = bench();
    await fill(store, 'thing-1', events);
    const head = await store.head();

    const [result] = await store.append([append('thing-1', expected, 'new')]);

    if ('version' in outcome) {
      expect(result).toEqual({
        ok: true,
        streamVersion: outcome.version,
        position: await store.head(),
        repeated: false,
      });
      expect(idsOf(await store.readStream('thing-1', { from: outcome.version }))).toEqual(['new']);
    } else {
      expect(result).toEqual({ ok: false, code: 'wrong-expected-state', actual: outcome.actual });
      expect(await store.head()).toBe(head);
    }
  });

  it.each([0, 1, 3])('a stream of several new events goes from version to version, with %d there', async (there) => {
    const { store } = bench();
    await fill(store, 'thing-1', there);

    const [result] = await store.append([append('thing-1', there - 1, 'a', 'b', 'c')]);

    expect(result).toMatchObject({ ok: true, streamVersion: there + 2 });
    const stream = await store.readStream('thing-1');
    expect(stream.map(({ streamVersion }) => streamVersion)).toEqual(stream.map((_, index) => index));
  });

  it.each([Number.NaN, 0.5, -2])('%d is no version at all', async (expected) => {
    const { store } = bench();

    await expect(store.append([append('thing-1', expected, 'a')])).rejects.toThrow(TypeError);
  });
};
