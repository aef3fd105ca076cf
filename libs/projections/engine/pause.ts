import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';

/** Waits, but no longer than until the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return;
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Lets everything else that is ready have its turn. */
export const yieldToOthers = (): Promise<void> => immediate();
