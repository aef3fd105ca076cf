import type { DeadLetterStore } from '#libs/event-bus/port';
import type { Clock } from '#libs/platform';
import type { Epochs } from './epochs.ts';
import type { InProcessEventBusSettings } from './settings.ts';
import type { Timer } from './timers.ts';

/** What the groups of a bus share. */
export interface GroupContext {
  readonly settings: InProcessEventBusSettings;
  readonly deadLetters: DeadLetterStore;
  readonly epochs: Epochs;
  readonly clock: Clock;
  readonly timer: Timer;
}
