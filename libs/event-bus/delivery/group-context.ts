import type { DeadLetterStore } from '#libs/event-bus/port';
import type { Clock } from '#libs/platform';
import type { DeliverySettings } from './settings.ts';
import type { Timer } from './timers.ts';

/** Told of what is under way: a number stands for each message or redelivery until it is settled. */
export interface Progress {
  /** What is parked under a key is being handled again. */
  begin(): number;
  end(token: number): void;
}

/** What the groups of a bus share. */
export interface GroupContext {
  readonly settings: DeliverySettings;
  readonly deadLetters: DeadLetterStore;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly timer: Timer;
}
