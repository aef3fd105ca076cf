import type { Position } from '#libs/event-store/port';

/** Those who wait for a position to be reached. */
export interface Waiters {
  readonly waiting: boolean;
  /** True once it is reached; false when the time is over, or nothing more will come. */
  until(position: Position, timeoutMilliseconds: number): Promise<boolean>;
  /** To be called whenever a position may have been reached. */
  look(): void;
  end(): void;
}

export function openWaiters(isReached: (position: Position) => boolean): Waiters {
  const pending = new Map<(reached: boolean) => void, Position>();
  return {
    get waiting() {
      return pending.size > 0;
    },
    until(position, timeoutMilliseconds) {
      if (isReached(position)) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => done(false), timeoutMilliseconds);
        const done = (reached: boolean): void => {
          clearTimeout(timer);
          pending.delete(done);
          resolve(reached);
        };
        pending.set(done, position);
      });
    },
    look() {
      for (const [done, position] of [...pending]) if (isReached(position)) done(true);
    },
    end() {
      for (const [done, position] of [...pending]) done(isReached(position));
    },
  };
}
