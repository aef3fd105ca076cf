import { AbsenceHeld, AbsenceReleased, holdStream, type EventDefinition } from '#contracts/events';
import type { EventStore } from '#libs/event-store/port';
import { derivedId, newId, toTimestamp, type Clock } from '#libs/platform';

interface HoldDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

/** Absence that is held back. */
export interface AbsenceHold {
  /** Ends the hold. May be called again: when it could not be written the first time, and when it was. */
  release(): Promise<void>;
}

/**
 * Holds absence back while several intakes belong together, until it is released. The linker waits for a bounded time only, so
 * that a hold whose process died ends by itself; the next start ends it earlier.
 */
export async function holdAbsence(deps: HoldDeps): Promise<AbsenceHold> {
  const holdId = newId();
  await appendStep(deps, holdId, AbsenceHeld, 'no-stream');
  let released = false;
  return {
    async release() {
      if (released) return;
      await appendStep(deps, holdId, AbsenceReleased, 0);
      released = true;
    },
  };
}

/** Holds absence back during some work, and releases it afterwards, whatever came of the work. */
export async function holdingAbsence<T>(deps: HoldDeps, work: () => Promise<T>): Promise<T> {
  const hold = await holdAbsence(deps);
  try {
    return await work();
  } finally {
    await hold.release();
  }
}

/** Releases what a process that died has left held. To be called by whoever holds the hub's role alone. */
export async function releaseAbandonedHolds(deps: HoldDeps): Promise<void> {
  const open = new Set<string>();
  const prefix = holdStream('');
  let after = 0;
  for (;;) {
    const page = await deps.store.readAll({ after, filter: { types: [AbsenceHeld.type, AbsenceReleased.type] } });
    for (const { type, stream } of page.events) {
      if (type === AbsenceHeld.type) open.add(stream.slice(prefix.length));
      else open.delete(stream.slice(prefix.length));
    }
    after = page.position;
    if (page.end) break;
  }
  for (const holdId of open) await appendStep(deps, holdId, AbsenceReleased, 0);
}

async function appendStep(
  { store, clock }: HoldDeps,
  holdId: string,
  step: EventDefinition,
  expected: 'no-stream' | 0,
): Promise<void> {
  const event = {
    id: derivedId(holdId, step.type),
    type: step.type,
    schemaVersion: step.schemaVersion,
    occurredAt: toTimestamp(clock()),
    correlationId: holdId,
    actor: 'hub',
    data: { holdId },
  };
  await store.append([{ stream: holdStream(holdId), expected, events: [event] }]);
}
