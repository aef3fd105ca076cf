import { setTimeout as sleep } from 'node:timers/promises';
import type { Append, AppendResult, EventStore } from '#libs/event-store/port';
import { EventStoreUnavailableError } from '#libs/event-store/port';

const ATTEMPTS = 6;
const FIRST_PAUSE_MILLISECONDS = 50;

/** Appends, and waits a little for a store that can't be written just now; nothing was written then. */
export async function appendPatiently(store: EventStore, appends: readonly Append[]): Promise<readonly AppendResult[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.append(appends);
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError) || attempt === ATTEMPTS) throw error;
      await sleep(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1));
    }
  }
}
