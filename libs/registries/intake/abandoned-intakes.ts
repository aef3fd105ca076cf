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

/** An intake that has begun and not ended. */
export interface OpenIntake {
  readonly intakeId: string;
  readonly registry: string;
  /** `file`, `feed` or `resubmission`. */
  readonly source: string;
}

const PAGE_EVENTS = 1_000;
const NO_COUNTS = { read: 0, taken: 0, unchanged: 0, seenBefore: 0, late: 0, quarantined: 0 };

/**
 * Ends intakes that began and whose process died: `IntakeFinished` as `abandoned`, counts unknown and so 0. Until then verdicts of absence
 * would be held back for them. `isAlive` says whether an intake is still running somewhere; it is asked after what is open was read, so that
 * a process that ends in between is not taken for one that never was. Answers the ids of those that were ended.
 */
export async function closeAbandonedIntakes(
  deps: AbandonedIntakesDeps,
  isAlive: (intake: OpenIntake) => boolean | Promise<boolean>,
  after: Position = START,
): Promise<readonly string[]> {
  const open = await openIntakes(deps.store, after);
  const closed: string[] = [];
  for (const intake of open) {
    if (await isAlive(intake)) continue;
    const { intakeId } = intake;
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

/** In the order in which they began. */
async function openIntakes(store: EventStore, start: Position): Promise<readonly OpenIntake[]> {
  const open = new Map<string, OpenIntake>();
  let after = start;
  for (;;) {
    const page = await store.readAll({
      after,
      filter: { types: [IntakeStarted.type, IntakeFinished.type] },
      limit: PAGE_EVENTS,
    });
    for (const event of page.events) {
      const intakeId = event.stream.slice(intakeStream('').length);
      const { registry, source } = event.data;
      if (event.type === IntakeStarted.type)
        open.set(intakeId, { intakeId, registry: textOf(registry), source: textOf(source) });
      else open.delete(intakeId);
    }
    after = page.position;
    if (page.end) return [...open.values()];
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
