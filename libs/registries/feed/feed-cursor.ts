import { FeedCursorAdvanced, feedStream } from '#contracts/events';
import type { RecordType, Registry } from '#contracts/records';
import type { EventStore, EventStoreReader } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock } from '#libs/platform';
import { appendPatiently } from '../appending/index.ts';

/** How far a feed has been followed, by the log. `version` is that of the feed's stream, −1 before its first event. */
export interface FeedPlace {
  readonly version: number;
  readonly cursor: string | undefined;
  /** When it was reached, RFC 3339 in UTC. */
  readonly at: string | undefined;
}

/** Somebody else follows the same feed: the place is read again. */
export class FeedFollowedTwiceError extends Error {
  override readonly name = 'FeedFollowedTwiceError';
  readonly code = 'feed-followed-twice';
}

export async function readFeedPlace(
  store: EventStoreReader,
  registry: Registry,
  record: RecordType,
): Promise<FeedPlace> {
  const [last] = await store.readStream(feedStream(registry, record), { direction: 'backwards', limit: 1 });
  if (last === undefined) return { version: -1, cursor: undefined, at: undefined };
  const cursor = last.data['cursor'];
  return {
    version: last.streamVersion,
    cursor: typeof cursor === 'string' ? cursor : undefined,
    at: last.occurredAt,
  };
}

/**
 * Says in the log that everything up to a cursor has been taken in. To be called when the page is appended: after a crash in
 * between, the page is read again and changes nothing. Throws `FeedFollowedTwiceError`.
 */
export async function advanceFeed(
  { store, clock }: { readonly store: EventStore; readonly clock: Clock },
  { registry, record }: { readonly registry: Registry; readonly record: RecordType },
  place: FeedPlace,
  cursor: string,
  intakeId: string,
): Promise<FeedPlace> {
  const stream = feedStream(registry, record);
  const at = toTimestamp(clock());
  const [result] = await appendPatiently(store, [
    {
      stream,
      expected: place.version < 0 ? 'no-stream' : place.version,
      events: [
        {
          id: derivedId(stream, place.version + 1, cursor),
          type: FeedCursorAdvanced.type,
          schemaVersion: FeedCursorAdvanced.schemaVersion,
          occurredAt: at,
          correlationId: intakeId,
          data: { registry, record, cursor },
        },
      ],
    },
  ]);
  if (result?.ok !== true)
    throw new FeedFollowedTwiceError(`The feed of ${record} is followed by someone else as well`);
  return { version: result.streamVersion, cursor, at };
}
