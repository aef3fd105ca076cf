import { VERDICT_EVENT_TYPES } from '#contracts/events';
import type { Verdict } from '#contracts/verdicts';
import { evolve, initialState, type ReconciliationState } from '#libs/domain/reconciliation';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';

/** A reconciliation as its stream has it. */
export interface Reconciliation {
  readonly stream: string;
  readonly state: ReconciliationState;
  /** In the order of the stream. */
  readonly events: readonly RecordedEvent[];
  readonly latest: RecordedEvent;
}

const PAGE = 1_000;

/** Reads and folds a stream; undefined when there is none. */
export async function findReconciliation(store: EventStoreReader, stream: string): Promise<Reconciliation | undefined> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readStream(stream, { from: events.length, limit: PAGE });
    events.push(...page);
    if (page.length < PAGE) break;
  }
  const latest = events.at(-1);
  return latest === undefined ? undefined : { stream, events, latest, state: events.reduce(evolve, initialState) };
}

const verdictTypes = new Set(VERDICT_EVENT_TYPES);

/** What it was judged last, also of one that has ended; undefined before the first verdict. */
export function latestVerdict({ state, events }: Pick<Reconciliation, 'state' | 'events'>): Verdict | undefined {
  if (state.verdict !== null) return state.verdict;
  const event = events.findLast(({ type }) => verdictTypes.has(type));
  // The log holds what the contracts say.
  return event === undefined ? undefined : (event.data as unknown as Verdict);
}
