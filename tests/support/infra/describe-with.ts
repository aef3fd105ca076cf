import { describe } from '@jest/globals';
import type { Availability } from './availability.ts';

/**
 * A `describe` whose tests are counted as skipped, with the reason in their names, where what they need is not there. The
 * body is given a function that returns it: to be called when a test runs.
 */
export function describeWith<T>(needed: Availability<T>, name: string, body: (get: () => T) => void): void {
  if (needed.available) describe(name, () => body(() => needed.value));
  else {
    describe.skip(`${name} [left out: ${needed.reason}]`, () =>
      body(() => {
        throw new Error(needed.reason);
      }));
  }
}
