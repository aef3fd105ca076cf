import {
  RECORD_EVENT_TYPES,
  UnreadableRecordEventError,
  decodeRecordEvent,
  recordTypeOfStream,
  type RecordVersion,
} from '#contracts/events';
import { forEachRecord } from '#contracts/records';
import { judgesSeveral, type Check } from '#contracts/verdicts';
import { checksFrom, partsOf } from '#libs/domain/matching';
import type { EventStoreReader, Position, RecordedEvent } from '#libs/event-store/port';
import { reconciliationOf, type KeyedHash } from '#libs/platform';
import { streamKey, type StreamKey } from '../shared/index.ts';
import { openKeyTable } from './key-table.ts';
import { openTextStore } from './text-store.ts';

/** Keys of records, and places of their persons, as they are in the log. */
export interface RecordKeys {
  /** Key of the record; undefined for one that is not in the log. */
  keyOf(stream: StreamKey): string | undefined;
  /** Place of the person that a reconciliation (its hash) is about, in its record's current version; 0 for a check of one. */
  partOf(hash: string): number;
}

/** The checks of records in which there may be several persons. */
const CHECKS_OF_SEVERAL = forEachRecord(({ record }) => checksFrom(record).filter(judgesSeveral));
const NONE: readonly Check[] = [];
const PAGE_EVENTS = 5_000;

/**
 * Goes through the record events once, in order: that costs less than looking up each record by itself. A later version replaces
 * the places of an earlier one; a late version is not the current one.
 */
export async function loadRecordKeys(log: EventStoreReader, upTo: Position, hash: KeyedHash): Promise<RecordKeys> {
  const keys = openKeyTable();
  const texts = openTextStore();
  const parts = openKeyTable();

  function take(event: RecordedEvent): void {
    const key = streamKey(event.stream);
    const record = recordTypeOfStream(event.stream);
    const checks = record === undefined ? NONE : CHECKS_OF_SEVERAL[record];
    if (checks.length === 0 && event.streamVersion > 0 && keys.get(key) !== undefined) return;
    const version = readable(event);
    if (version === undefined) return;
    if (keys.get(key) === undefined) keys.set(key, texts.add(version.key));
    if (version.late) return;
    for (const check of checks) {
      for (const { index, identity } of partsOf(check, version.content)) {
        parts.set(Buffer.from(reconciliationOf(hash, check, event.stream, identity), 'hex'), index);
      }
    }
  }

  const filter = { types: RECORD_EVENT_TYPES };
  for (let after: Position = 0; after < upTo;) {
    const page = await log.readAll({ after, filter, limit: PAGE_EVENTS });
    for (const event of page.events) if (event.position <= upTo) take(event);
    if (page.end && page.position <= after) break;
    after = page.position;
  }

  return {
    keyOf(stream) {
      const text = keys.get(stream);
      return text === undefined ? undefined : texts.get(text);
    },
    partOf: (reconciliation) => parts.get(Buffer.from(reconciliation, 'hex')) ?? 0,
  };
}

function readable(event: RecordedEvent): RecordVersion | undefined {
  try {
    return decodeRecordEvent(event);
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return undefined;
    throw error;
  }
}
