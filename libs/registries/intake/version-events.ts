import type { RecordVersionData } from '#contracts/events';
import { recordEventType, recordStream } from '#contracts/events';
import type { JsonObject, NewEvent, RecordedEvent } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import { derivedId, toTimestamp } from '#libs/platform';
import type { RecordDefinition } from '../definitions/index.ts';
import type { Normalised } from '../validation/index.ts';
import { momentMilliseconds, parseMoment } from '../validation/index.ts';
import type { IntakeFrame } from './intake-deps.ts';
import type { PersonalPart } from './personal-texts.ts';
import type { StoredVersion } from './record.decider.ts';

/** A record of the row that it came in, ready to be decided on: small, since thousands wait at once. */
export interface IncomingRecord
  extends Pick<Extract<Normalised, { ok: true }>, 'updatedAt' | 'withdrawn'>, PersonalPart {
  readonly line: number;
  readonly stream: string;
  readonly cursor?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly source: RecordVersionData['source'];
  /** The time of change as the source wrote it. */
  readonly updatedAtText: string | undefined;
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
  const { contentHash, personal, updatedAt, updatedAtText, withdrawn } = incoming;
  const data: RecordVersionData = {
    registry,
    record,
    intakeId: frame.intakeId,
    source: incoming.source,
    ...(updatedAtText === undefined ? {} : { updatedAt: updatedAtText }),
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
    traceparent: incoming.traceparent ?? frame.traceparent,
    actor: frame.actor,
    data,
    personal,
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
