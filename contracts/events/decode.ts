import type { RecordContent, RecordType } from '#contracts/records';
import type { RecordVersionData } from './record.events.ts';
import { recordTypeOfStream } from './streams.ts';

/** The parts of a stored event that decoding needs. */
interface StoredEvent {
  readonly stream: string;
  readonly streamVersion: number;
  readonly data: unknown;
  readonly personal?: unknown;
}

/** A version of a record as its event holds it. */
export interface RecordVersion {
  readonly record: RecordType;
  readonly stream: string;
  readonly version: number;
  readonly key: string;
  readonly contentHash: string;
  readonly content: RecordContent;
  readonly late: boolean;
  readonly withdrawn: boolean;
  readonly source: RecordVersionData['source'];
  readonly updatedAt: string | undefined;
}

/** A record event that can't be read: its personal part is erased, or its shape is none that this version knows. */
export class UnreadableRecordEventError extends Error {
  override readonly name = 'UnreadableRecordEventError';
  readonly code = 'unreadable-record-event';
}

/**
 * Reads a record event. Contents were validated against their schema when they were taken in; here only what must be
 * there is looked at. Throws `UnreadableRecordEventError`.
 */
export function decodeRecordEvent(event: StoredEvent): RecordVersion {
  const record = recordTypeOfStream(event.stream);
  const { data, personal } = event as {
    data: Partial<RecordVersionData>;
    personal?: { key?: unknown; contentHash?: unknown; content?: unknown };
  };
  if (
    record === undefined ||
    data.source === undefined ||
    typeof personal?.key !== 'string' ||
    typeof personal.contentHash !== 'string' ||
    typeof personal.content !== 'object' ||
    personal.content === null
  ) {
    throw new UnreadableRecordEventError('a record event lacks its key, its content or its source');
  }
  return {
    record,
    stream: event.stream,
    version: event.streamVersion,
    key: personal.key,
    contentHash: personal.contentHash,
    content: personal.content as RecordContent,
    late: data.late === true,
    withdrawn: data.withdrawn === true,
    source: data.source,
    updatedAt: data.updatedAt,
  };
}
