import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './failures.ts';

const FIRST_WAIT_MILLISECONDS = 1;
const LONGEST_WAIT_MILLISECONDS = 4;

/**
 * Tries until another process lets it, without stopping the event loop. `attempt` runs within one turn of it, so whatever
 * transaction it begins it has ended. After `milliseconds` the busy error is the caller's.
 */
export async function whenFree<T>(milliseconds: number, attempt: () => T): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (let tries = 1; ; tries++) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    const longest = Math.min(FIRST_WAIT_MILLISECONDS + tries / 4, LONGEST_WAIT_MILLISECONDS);
    await sleep(Math.random() * longest);
  }
}
