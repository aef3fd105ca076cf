import type { QuarantineReason } from '#contracts/events';
import {
  QuarantineResolved,
  QuarantineResubmissionFailed,
  RecordQuarantined,
  quarantineStream,
} from '#contracts/events';
import type { EventStoreReader, Json, Position, RecordedEvent } from '#libs/event-store/port';

/** A row in quarantine, folded from its stream. */
export interface QuarantineItem {
  readonly quarantineId: string;
  readonly registry: string;
  readonly record: string;
  /** `open` until the row was fixed and taken in. */
  readonly state: 'open' | 'resolved';
  readonly intakeId: string;
  readonly line?: number;
  readonly fileName?: string;
  /** Of the latest attempt. */
  readonly reasons: readonly QuarantineReason[];
  /** The row of the latest attempt; null when its personal part is erased. */
  readonly row: Json;
  /** RFC 3339, when it came into quarantine. */
  readonly since: string;
  /** Where in the log it came into quarantine. */
  readonly position: Position;
  /** How often it was resubmitted in vain. */
  readonly failedResubmissions: number;
  /** The record that it became, once resolved. */
  readonly recordStream?: string;
  /** Version of the stream that this was folded from. */
  readonly version: number;
}

const STREAM_LIMIT = 1_000;

/** Folds one event; an event of another kind changes nothing. */
export function evolveQuarantine(item: QuarantineItem | undefined, event: RecordedEvent): QuarantineItem | undefined {
  const { data, personal, streamVersion: version } = event;
  switch (event.type) {
    case RecordQuarantined.type: {
      const { line } = data;
      const fileName = personal?.['fileName'];
      return {
        quarantineId: textIn(data['quarantineId']),
        registry: textIn(data['registry']),
        record: textIn(data['record']),
        state: 'open',
        intakeId: textIn(data['intakeId']),
        ...(typeof line === 'number' ? { line } : {}),
        ...(typeof fileName === 'string' ? { fileName } : {}),
        reasons: reasonsOf(data['reasons']),
        row: personal?.['row'] ?? null,
        since: event.recordedAt,
        position: event.position,
        failedResubmissions: 0,
        version,
      };
    }
    case QuarantineResubmissionFailed.type:
      if (item === undefined) return undefined;
      return {
        ...item,
        reasons: reasonsOf(data['reasons']),
        row: personal?.['row'] ?? null,
        failedResubmissions: item.failedResubmissions + 1,
        version,
      };
    case QuarantineResolved.type:
      if (item === undefined) return undefined;
      return { ...item, state: 'resolved', recordStream: textIn(data['recordStream']), version };
    default:
      return item;
  }
}

/** The item of an id as its stream has it now; undefined when there is none. */
export async function findQuarantined(
  store: EventStoreReader,
  quarantineId: string,
): Promise<QuarantineItem | undefined> {
  let item: QuarantineItem | undefined;
  let from = 0;
  for (;;) {
    const page = await store.readStream(quarantineStream(quarantineId), { from, limit: STREAM_LIMIT });
    for (const event of page) item = evolveQuarantine(item, event);
    if (page.length < STREAM_LIMIT) return item;
    from += page.length;
  }
}

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function reasonsOf(value: Json | undefined): readonly QuarantineReason[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { field, code, shape } = entry as { readonly [name: string]: Json | undefined };
    if (typeof field !== 'string' || typeof code !== 'string') return [];
    return [typeof shape === 'string' ? { field, code, shape } : { field, code }];
  });
}
