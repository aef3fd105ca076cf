import type { LogNews } from '../common/index.ts';
import type { ConnectionKeeper } from './connection-keeper.ts';
import type { Settings } from './settings.ts';

/** Wakes those that wait for new events: at once for this store's own, by looking again and again for others'. */
export interface LogWatcher extends LogNews {
  announce(): void;
  stop(): void;
}

const BRISK_MILLISECONDS = 1_000;

export function openWatcher(keeper: ConnectionKeeper, settings: Settings): LogWatcher {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let dataVersion: number | undefined;
  let generation = 0;
  let lastNews = 0;
  let stopped = false;

  function announce(): void {
    generation += 1;
    lastNews = performance.now();
    for (const wake of [...waiting]) wake();
  }

  async function look(): Promise<void> {
    try {
      const version = await keeper.use((session) => session.dataVersion());
      const changed = version !== dataVersion;
      dataVersion = version;
      if (changed) announce();
    } catch {
      // A log that can't be looked at is news too: the reader that wakes meets the error and tells it.
      announce();
    }
    timer = undefined;
    lookLater();
  }

  function lookLater(): void {
    if (timer !== undefined || waiting.size === 0 || stopped) return;
    const brisk = performance.now() - lastNews < BRISK_MILLISECONDS;
    timer = setTimeout(() => void look(), brisk ? settings.pollMilliseconds : settings.restPollMilliseconds);
  }

  return {
    seen: () => generation,
    news(seen, signal) {
      if (stopped || generation !== seen || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal?.addEventListener('abort', wake);
        lookLater();
      });
    },
    announce,
    stop() {
      stopped = true;
      clearTimeout(timer);
      announce();
    },
    get stopped() {
      return stopped;
    },
  };
}
