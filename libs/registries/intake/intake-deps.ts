import type { EventStore } from '#libs/event-store/port';
import type { Clock, KeyedHash } from '#libs/platform';

/** What taking records in needs from outside. */
export interface IntakeDeps {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What all events of one intake share. */
export interface IntakeFrame {
  readonly intakeId: string;
  readonly traceparent?: string | undefined;
  readonly actor?: string | undefined;
}
