import { RECONCILER_GROUP, WORK_TOPIC } from '#contracts/work';
import type { KafkaAccess } from '#libs/service';

/** What of the work is left, as far as it is known. */
export interface WorkSeen {
  /** Work items that no reconciler has done yet. */
  readonly lagEvents?: number;
  readonly deadLetters?: number;
}

const LOOK_MILLISECONDS = 10_000;

/** Asks Kafka every few seconds how much work is left, and how much of it was given up on. */
export function watchWork({ bus, topics }: Pick<KafkaAccess, 'bus' | 'topics'>): {
  seen(): WorkSeen;
  close(): void;
} {
  let seen: WorkSeen = {};
  let looking: Promise<void> | undefined;
  let closed = false;

  async function look(): Promise<void> {
    try {
      await topics;
      if (closed) return;
      const letters = await bus.deadLetters();
      seen = {
        lagEvents: await bus.lag({ topic: WORK_TOPIC, group: RECONCILER_GROUP }),
        deadLetters: letters.filter(({ group }) => group === RECONCILER_GROUP).length,
      };
    } catch {
      // That the brokers are away is told elsewhere; what was seen before does not hold any longer.
      seen = {};
    }
  }

  const lookOnce = (): void => void (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(lookOnce, LOOK_MILLISECONDS);
  lookOnce();
  return {
    seen: () => seen,
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}
