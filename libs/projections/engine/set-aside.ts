import { ViewEventSetAside, viewStream } from '#contracts/events';
import type { EventStore, EventStoreReader } from '#libs/event-store/port';
import { derivedId, newId, toTimestamp } from '#libs/platform';

/** An event that is left out of a view for good. */
export interface SetAside {
  readonly view: string;
  readonly stream: string;
  readonly streamVersion: number;
  /** Of whoever decided it; may be personal. */
  readonly reason: string;
}

/** What was set aside in the views of a log, by view: so that it is left out whenever one of them is built. */
export interface SetAsideBook {
  /** The reason; undefined for an event that is not set aside. */
  of(view: string): ReadonlyMap<string, string> | undefined;
  add(decision: SetAside): void;
}

export const placeOf = (stream: string, streamVersion: number): string => `${streamVersion}@${stream}`;

export async function readSetAside(store: EventStoreReader): Promise<SetAsideBook> {
  const views = new Map<string, Map<string, string>>();
  const book: SetAsideBook = {
    of: (view) => views.get(view),
    add({ view, stream, streamVersion, reason }) {
      const places = views.get(view) ?? new Map<string, string>();
      views.set(view, places.set(placeOf(stream, streamVersion), reason));
    },
  };
  for (let after = 0; ;) {
    const page = await store.readAll({ after, filter: { types: [ViewEventSetAside.type] } });
    for (const { data, personal } of page.events) {
      const { view, stream, version } = data;
      const reason = personal?.['reason'];
      if (typeof view !== 'string' || typeof stream !== 'string' || typeof version !== 'number') continue;
      book.add({ view, stream, streamVersion: version, reason: typeof reason === 'string' ? reason : '' });
    }
    if (page.end) return book;
    after = page.position;
  }
}

/** Writes a decision into the log. A repeated one changes nothing. */
export async function appendSetAside(
  store: Pick<EventStore, 'append'>,
  { view, stream, streamVersion, reason }: SetAside,
  now: number,
): Promise<void> {
  await store.append([
    {
      stream: viewStream(view),
      expected: 'any',
      events: [
        {
          id: derivedId(viewStream(view), stream, streamVersion),
          type: ViewEventSetAside.type,
          schemaVersion: ViewEventSetAside.schemaVersion,
          occurredAt: toTimestamp(now),
          correlationId: newId(),
          data: { view, stream, version: streamVersion },
          personal: { reason },
        },
      ],
    },
  ]);
}
