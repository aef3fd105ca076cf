import { AbsenceHeld, AbsenceReleased, holdStream, type EventDefinition } from '#contracts/events';
import type { EventStore } from '#libs/event-store/port';
import { derivedId, newId, toTimestamp, type Clock } from '#libs/platform';

interface HoldDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

/**
 * Holds absence back while several intakes belong together, and releases it afterwards, whatever came of them. The linker waits
 * for a bounded time only, so that a hold whose process died ends by itself; the next start ends it earlier.
 */
export async function holdingAbsence<T>(deps: HoldDeps, work: () => Promise<T>): Promise<T> {
  const holdId = newId();
  await appendStep(deps, holdId, AbsenceHeld, 'no-stream');
  try {
    return await work();
  } finally {
    await appendStep(deps, holdId, AbsenceReleased, 0);
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
