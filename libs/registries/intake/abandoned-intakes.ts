import { IntakeFinished, IntakeStarted, intakeStream } from '#contracts/events';
import type { EventStore, Position } from '#libs/event-store/port';
import { START } from '#libs/event-store/port';
import type { Clock } from '#libs/platform';
import { derivedId, toTimestamp } from '#libs/platform';
import { appendPatiently } from '../appending/index.ts';

export interface AbandonedIntakesDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

const PAGE_EVENTS = 1_000;
const NO_COUNTS = { read: 0, taken: 0, unchanged: 0, seenBefore: 0, late: 0, quarantined: 0 };

/**
 * Ends intakes that began and whose process died: `IntakeFinished` as `abandoned`, counts unknown and so 0. Until then verdicts of absence
 * would be held back for them. `isAlive` says whether an intake, from such a source, is still running somewhere. Answers the
 * ids of those that were ended.
 */
export async function closeAbandonedIntakes(
  deps: AbandonedIntakesDeps,
  isAlive: (intakeId: string, source: string) => boolean | Promise<boolean>,
  after: Position = START,
): Promise<readonly string[]> {
  const open = await openIntakes(deps.store, after);
  const closed: string[] = [];
  for (const [intakeId, source] of open) {
    if (await isAlive(intakeId, source)) continue;
    const stream = intakeStream(intakeId);
    const [result] = await appendPatiently(deps.store, [
      {
        stream,
        expected: 0,
        events: [
          {
            id: derivedId(stream, IntakeFinished.type, 'abandoned'),
            type: IntakeFinished.type,
            schemaVersion: 1,
            occurredAt: toTimestamp(deps.clock()),
            correlationId: intakeId,
            data: { intakeId, outcome: 'abandoned', counts: NO_COUNTS, unknownFields: {} },
          },
        ],
      },
    ]);
    // Refused: it has finished by itself in the meantime.
    if (result?.ok === true) closed.push(intakeId);
  }
  return closed;
}

/** The intakes that have begun and not ended, with their sources, in the order in which they began. */
async function openIntakes(store: EventStore, start: Position): Promise<ReadonlyMap<string, string>> {
  const open = new Map<string, string>();
  let after = start;
  for (;;) {
    const page = await store.readAll({
      after,
      filter: { types: [IntakeStarted.type, IntakeFinished.type] },
      limit: PAGE_EVENTS,
    });
    for (const event of page.events) {
      const intakeId = event.stream.slice(intakeStream('').length);
      if (event.type === IntakeStarted.type)
        open.set(intakeId, typeof event.data['source'] === 'string' ? event.data['source'] : '');
      else open.delete(intakeId);
    }
    after = page.position;
    if (page.end) return open;
  }
}
