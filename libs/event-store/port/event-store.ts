import type { EventMetadataFields } from '#contracts/events';
import type { JsonObject } from '#contracts/shared';
import type { JsonText } from './json-text.ts';

export type { Json, JsonObject } from '#contracts/shared';

/** A place in the log: opaque and ordered. Compare with `<`; never compute with it. `START` is before the first event. */
export type Position = number;
export const START: Position = 0;

/**
 * An event to be appended, with who or what acted, where it came from, and the trace it belongs to: that is not content, and a retry
 * may differ in it. `data` is public; everything personal stands in `personal`, which is stored apart.
 */
export interface NewEvent extends Pick<
  EventMetadataFields,
  'id' | 'type' | 'schemaVersion' | 'occurredAt' | 'correlationId' | 'causationId' | 'traceparent' | 'actor'
> {
  readonly data: JsonObject;
  readonly personal?: JsonObject | JsonText | undefined;
}

/** An event as the log has it: the envelope of the event contract. */
export interface RecordedEvent extends EventMetadataFields, Omit<NewEvent, 'personal'> {
  readonly personal?: JsonObject | undefined;
}

/** What the writer believes about the stream: its last version (−1: no stream), or one of these. */
export type ExpectedState = number | 'no-stream' | 'any' | 'stream-exists';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedState;
  readonly events: readonly NewEvent[];
}

export interface Appended {
  readonly ok: true;
  /** Version of the stream's last appended event; −1 for an empty append to no stream. */
  readonly streamVersion: number;
  /** Position of the last appended event; the head for an empty append. */
  readonly position: Position;
  /** The very same events were there already: nothing was written. */
  readonly repeated: boolean;
}

/** A refusal is a value: the writer decides again. */
export type AppendRefused =
  | { readonly ok: false; readonly code: 'wrong-expected-state'; readonly actual: number | null }
  | { readonly ok: false; readonly code: 'event-id-reused'; readonly eventId: string }
  | { readonly ok: false; readonly code: 'too-large'; readonly limitBytes: number; readonly actualBytes: number };

export type AppendResult = Appended | AppendRefused;

export interface ReadStreamOptions {
  /** First version to read: default 0 forwards, the end backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many events; default and bound 1,000. */
  readonly limit?: number;
}

/** Events of these types or of streams with one of these prefixes; both given: both must hold. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly streamPrefixes?: readonly string[];
}

export interface ReadAllOptions {
  readonly after?: Position;
  readonly filter?: EventFilter;
  /** The types whose personal part is wanted; the store may leave out that of others. Without it, all. */
  readonly personalOf?: readonly string[];
  /** At most this many events in the page; default 1,000. */
  readonly limit?: number;
}

export interface Page {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at, filtered events too: go on after it. */
  readonly position: Position;
  /** True when the page reached the log's end as it was when read. */
  readonly end: boolean;
}

export interface SubscribeOptions extends ReadAllOptions {
  readonly signal?: AbortSignal;
}

/** What a subscription gives: pages as they come, and the moment at which it has caught up. */
export type SubscriptionItem =
  { readonly kind: 'events'; readonly page: Page } | { readonly kind: 'caught-up'; readonly position: Position };

/** The log's identity, end and running hash there: what a checkpoint stores to notice that it does not fit. */
export interface LogPoint {
  readonly logId: string;
  readonly position: Position;
  readonly hash: string;
}

/** One version of a stream. Whoever knows its position spares the look-up; a wrong one does no harm. */
export interface VersionPlace {
  readonly stream: string;
  readonly version: number;
  readonly position?: Position | undefined;
}

export interface EventStoreReader {
  /** Empty when there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  /** Many single versions at once, in the order asked for; undefined where there is none. */
  readVersions(refs: readonly VersionPlace[]): Promise<readonly (RecordedEvent | undefined)[]>;
  readAll(options?: ReadAllOptions): Promise<Page>;
  /**
   * Catches up from `after`, says so, then stays live; says so again when it had fallen behind by more than a page. A page
   * may be without events: its position has moved over what the filter left out. The next page is read when the
   * consumer asks for it. Ends when the signal is aborted or the store is closed.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionItem>;
  head(): Promise<Position>;
  /** The log's id and its running hash at a position (default: the head); undefined when the log has no such position. */
  pointAt(position?: Position): Promise<LogPoint | undefined>;
}

export interface EventStore extends EventStoreReader {
  /**
   * Appends to several streams, each with its own expected state and its own result, in order; each append is
   * atomic, and two to one stream see each other. Throws `EventStoreUnavailableError` (nothing was written; may be tried
   * again) or `OutcomeUnknownError` (look up: the same append again is recognised), and `TypeError` for names,
   * versions and values that no log can hold.
   *
   * Whether an append is new is told by the event ids, in this order:
   *
   * | expected | the stream | result |
   * |---|---|---|
   * | anything | (an event or the whole is above the size limit) | `too-large` |
   * | anything | (one id stands twice in the append) | `event-id-reused` |
   * | `stream-exists` | is not there | `wrong-expected-state`, actual `null` |
   * | `any`, `stream-exists` | has all the ids, one after the other, in its last events | repeated |
   * | | has some of the ids in its last events | `event-id-reused` |
   * | | has none of them there | appended |
   * | a version, `no-stream` | ends before that version | `wrong-expected-state` |
   * | | ends there and has one of the ids in its last events | `event-id-reused` |
   * | | ends there and has none of them | appended |
   * | | goes on with the very same ids | repeated |
   * | | goes on with some of the ids at their places | `event-id-reused` |
   * | | goes on with others | `wrong-expected-state` |
   *
   * An empty append is `ok` where the expected state holds, and writes nothing. "Last events" is a bounded number, a
   * setting of the adapter. Only ids are compared: metadata and data of a repeated append may differ, and the first stay.
   */
  append(appends: readonly Append[]): Promise<readonly AppendResult[]>;
  close(): Promise<void>;
}
