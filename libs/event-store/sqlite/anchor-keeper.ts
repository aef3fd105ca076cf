import type { ConnectionKeeper } from './connection-keeper.ts';
import type { Settings } from './settings.ts';
import { anchorHead } from './connection-keeper.ts';

/** Lets the anchor follow the head: soon after a commit, once for many. */
export interface AnchorKeeper {
  follow(): void;
  /** Anchors what is still to be anchored, and ends. */
  stop(): Promise<void>;
}

export function openAnchorKeeper(keeper: ConnectionKeeper, settings: Settings): AnchorKeeper {
  let timer: NodeJS.Timeout | undefined;
  let due = false;
  let stopped = false;
  let running = Promise.resolve();

  async function anchor(): Promise<void> {
    due = false;
    await anchorHead(keeper, settings.directory);
  }

  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      // Whatever keeps the anchor from being written keeps appends from it too, and they tell.
      running = anchor().catch(() => {
        due = true;
        if (!stopped) later();
      });
    }, settings.anchorMilliseconds);
    timer.unref();
  }

  return {
    follow() {
      due = true;
      later();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      if (due) await anchor();
    },
  };
}
