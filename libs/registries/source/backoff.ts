import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait between tries. */
export interface BackoffSettings {
  readonly firstMilliseconds: number;
  /** The wait doubles with each failure up to this. */
  readonly longestMilliseconds: number;
}

export const DEFAULT_BACKOFF: BackoffSettings = { firstMilliseconds: 200, longestMilliseconds: 30_000 };

/** The wait after so many failures in a row; `random` in [0, 1) spreads it over its upper half, so that clients don't come back at once. */
export function backoffMilliseconds(failures: number, settings: BackoffSettings, random: number): number {
  const wait = Math.min(settings.longestMilliseconds, settings.firstMilliseconds * 2 ** Math.min(failures - 1, 30));
  return (wait * (1 + random)) / 2;
}

export interface Persistence {
  readonly signal: AbortSignal;
  readonly backoff: BackoffSettings;
  readonly random: () => number;
  /** Told of each failure, with how many there were in a row; what it throws ends the trying. */
  readonly onFailure: (error: unknown, failures: number) => void;
}

/** Tries until it works, with growing pauses. Throws only the reason of the aborted signal, or what `onFailure` throws. */
export async function persist<T>(
  work: () => Promise<T>,
  { signal, backoff, random, onFailure }: Persistence,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error, failures);
      await sleep(backoffMilliseconds(failures, backoff, random()), undefined, { signal });
    }
  }
}
