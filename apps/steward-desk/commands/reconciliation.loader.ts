import { evolve, initialState, type ReconciliationState } from '#libs/domain/reconciliation';
import type { EventStore, RecordedEvent } from '#libs/event-store/port';

/** A reconciliation as its stream has it. */
export interface Loaded {
  readonly state: ReconciliationState;
  /** The stream's last event; undefined when there is no such stream. */
  readonly latest: RecordedEvent | undefined;
  /** The last event of each command that the stream knows of, by the command's id. */
  readonly answers: ReadonlyMap<string, RecordedEvent>;
}

export const NOTHING_LOADED: Loaded = { state: initialState, latest: undefined, answers: new Map() };

const PAGE = 1_000;

/** Reads what has been appended since, and folds it. */
export async function loadSince(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  before: Loaded,
): Promise<Loaded> {
  let { state, latest } = before;
  const answers = new Map(before.answers);
  for (;;) {
    const from = latest === undefined ? 0 : latest.streamVersion + 1;
    const events = await store.readStream(stream, { from, limit: PAGE });
    for (const event of events) {
      state = evolve(state, event);
      latest = event;
      const { commandId } = event.data;
      if (typeof commandId === 'string') answers.set(commandId, event);
    }
    if (events.length < PAGE) return { state, latest, answers };
  }
}
