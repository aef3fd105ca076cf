import type { LogNews } from '../common/index.ts';
import type { KurrentSubscription } from './client.ts';
import type { Connection } from './connection.ts';
import type { LogNames } from './log-names.ts';
import type { Settings } from './settings.ts';

/** Wakes those that wait for new events: at once for this store's own, by a live subscription for others'. */
export interface NewsWatch extends LogNews {
  announce(): void;
  stop(): void;
}

/**
 * One live subscription for the whole store, from the moment that someone waits. It only says that there is something new; what it
 * is, everybody reads from where they stand. So nothing is lost or comes twice when it breaks off: it is made again, and whatever
 * it has missed meanwhile is news. Should it fall silent without breaking off, those that wait look by themselves.
 */
export function openNews(connection: Connection, names: LogNames, settings: Settings): NewsWatch {
  const waiting = new Set<() => void>();
  let subscription: KurrentSubscription | undefined;
  let generation = 0;
  let stopped = false;
  let failures = 0;

  function announce(): void {
    generation += 1;
    for (const wake of [...waiting]) wake();
  }

  function subscribe(): void {
    if (stopped || subscription !== undefined) return;
    const current = connection.writer().subscribeToAll({ fromPosition: 'end', filter: names.everything });
    subscription = current;
    let over = false;
    const lost = (): void => {
      if (over) return;
      over = true;
      // Ends what is left of it; that it may have ended by itself is no matter.
      current.unsubscribe().catch(() => undefined);
      void again(current);
    };
    current.on('data', () => {
      failures = 0;
      announce();
    });
    // What came before it began is not told.
    current.on('confirmation', announce);
    current.on('error', lost);
    current.on('end', lost);
    current.on('close', lost);
  }

  async function again(lost: KurrentSubscription): Promise<void> {
    await connection.pause(failures);
    failures += 1;
    if (subscription === lost) subscription = undefined;
    subscribe();
  }

  return {
    seen: () => generation,
    news(seen, signal) {
      if (stopped || generation !== seen || signal?.aborted === true) return Promise.resolve();
      subscribe();
      return new Promise((resolve) => {
        const timer = setTimeout(wake, settings.restPollMilliseconds);
        function wake(): void {
          clearTimeout(timer);
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
        waiting.add(wake);
        signal?.addEventListener('abort', wake);
      });
    },
    announce,
    stop() {
      stopped = true;
      subscription?.unsubscribe().catch(() => undefined);
      announce();
    },
    get stopped() {
      return stopped;
    },
  };
}
