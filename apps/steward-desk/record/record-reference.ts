import type { RecordReference, RecordVersionSchema } from '#contracts/http';
import { decodeRecordEvent, recordTypeOfStream, UnreadableRecordEventError } from '#contracts/events';
import { REGISTRY_OF } from '#contracts/records';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';

const HASH_LENGTH = 32;

/** A record's address, from its stream. Throws `RangeError` for another stream. */
export function referenceOf(stream: string): RecordReference {
  const record = recordTypeOfStream(stream);
  if (record === undefined) throw new RangeError('the stream is none of a record');
  return { registry: REGISTRY_OF[record], record, hash: stream.slice(-HASH_LENGTH), stream };
}

/** A version as it is shown; without key and content where these are erased. */
export function shownVersion(event: RecordedEvent): RecordVersionSchema {
  const { late, withdrawn, updatedAt } = event.data;
  return {
    version: event.streamVersion,
    ...contentOf(event),
    withdrawn: withdrawn === true,
    late: late === true,
    updatedAt: typeof updatedAt === 'string' ? updatedAt : null,
    recordedAt: event.recordedAt,
  };
}

function contentOf(event: RecordedEvent): Pick<RecordVersionSchema, 'key' | 'content'> {
  try {
    const { key, content } = decodeRecordEvent(event);
    return { key, content };
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return { key: null, content: null };
    throw error;
  }
}

const PAGE = 20;

/** The version that counts: the latest that did not come late. Undefined when there is no such record. */
export async function findCurrentVersion(store: EventStoreReader, stream: string): Promise<RecordedEvent | undefined> {
  for (let from: number | undefined; ;) {
    const page = await store.readStream(stream, {
      direction: 'backwards',
      limit: PAGE,
      ...(from !== undefined && { from }),
    });
    const current = page.find(({ data }) => data['late'] !== true);
    const last = page.at(-1);
    if (current !== undefined || last === undefined || last.streamVersion === 0) return current;
    from = last.streamVersion - 1;
  }
}
