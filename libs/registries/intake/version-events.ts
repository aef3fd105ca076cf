import type { RecordVersionData } from '#contracts/events';
import { recordEventType, recordStream } from '#contracts/events';
import type { JsonObject, NewEvent, RecordedEvent } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import { derivedId, toTimestamp } from '#libs/platform';
import type { RecordDefinition } from '../definitions/index.ts';
import type { Normalised } from '../validation/index.ts';
import { momentMilliseconds, parseMoment } from '../validation/index.ts';
import type { IntakeFrame } from './intake-deps.ts';
import type { StoredVersion } from './record.decider.ts';

/** A record of the row that it came in, ready to be decided on. */
export interface IncomingRecord {
  readonly line: number;
  readonly stream: string;
  readonly cursor?: string | undefined;
  readonly source: RecordVersionData['source'];
  readonly content: Extract<Normalised, { ok: true }>;
}

/** The stream of a record: its key stands in it as a keyed hash. */
export const streamOf = (definition: RecordDefinition, key: string, hash: KeyedHash): string =>
  recordStream(definition.record, hash(definition.registry, definition.record, key));

/** The event of a version that is to be appended. The same version has the same id, so that a retry is recognised. */
export function versionEvent(
  definition: RecordDefinition,
  frame: IntakeFrame,
  incoming: IncomingRecord,
  how: { readonly registered: boolean; readonly late: boolean },
  now: number,
): NewEvent {
  const { registry, record } = definition;
  const { key, content, contentHash, updatedAt, withdrawn } = incoming.content;
  const updatedAtText = content['updatedAt'];
  const data: RecordVersionData = {
    registry,
    record,
    intakeId: frame.intakeId,
    source: incoming.source,
    ...(typeof updatedAtText === 'string' ? { updatedAt: updatedAtText } : {}),
    late: how.late,
    withdrawn,
  };
  const order = updatedAt === undefined ? (incoming.cursor ?? '') : '';
  return {
    id: derivedId('record-version', incoming.stream, contentHash, order),
    type: recordEventType(registry, record, withdrawn ? 'withdrawn' : how.registered ? 'registered' : 'amended'),
    schemaVersion: 1,
    occurredAt: toTimestamp(updatedAt === undefined ? now : momentMilliseconds(updatedAt)),
    correlationId: frame.intakeId,
    traceparent: frame.traceparent,
    actor: frame.actor,
    data,
    personal: { key, contentHash, content },
  };
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;

/** What orders a stored version. One whose personal part is erased keeps its place, and is equal to none. */
export function storedVersionOf(event: RecordedEvent): StoredVersion {
  const { updatedAt, late, source } = event.data;
  const contentHash = event.personal?.['contentHash'];
  const cursor = isObject(source) ? source['cursor'] : undefined;
  const moment = typeof updatedAt === 'string' ? parseMoment(updatedAt) : undefined;
  return {
    contentHash: typeof contentHash === 'string' ? contentHash : '',
    ...(moment === undefined ? {} : { updatedAt: moment }),
    ...(typeof cursor === 'string' ? { cursor } : {}),
    late: late === true,
  };
}
