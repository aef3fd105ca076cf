import {
  CorrectionRequested,
  checkOfStream,
  decodeRecordEvent,
  reconciliationStream,
  UnreadableRecordEventError,
  type RecordVersion,
} from '#contracts/events';
import type { Rules } from '#contracts/rules';
import { Verdict, type Check, type VersionRef } from '#contracts/verdicts';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import { reconciliationOf, type KeyedHash } from '#libs/platform';
import { Compile } from 'typebox/compile';
import type { CorrectionOrder } from '../source/index.ts';
import { findPart, pathOf, placeOf, type Place } from './field-paths.ts';

const requestShape = Compile(CorrectionRequested.data);
const personalShape = Compile(CorrectionRequested.personal);
const verdictShape = Compile(Verdict);

/** A request that can't be made into an order: what it points to is not in the log, or can't be read any more. */
export class UnreadableRequestError extends Error {
  override readonly name = 'UnreadableRequestError';
  readonly code = 'unreadable-correction-request';
}

export interface OrderDeps {
  readonly reader: EventStoreReader;
  readonly hash: KeyedHash;
  /** The rules of a version. Throws when there are none. */
  readonly rules: (version: string) => Rules | Promise<Rules>;
}

const VERDICT_LOOKBACK_EVENTS = 500;

/**
 * Makes what a source is asked for from the event that a steward's request left: the record's key, and each field by its path in
 * the record. Throws `UnreadableRequestError`.
 */
export async function orderOf(deps: OrderDeps, request: VersionRef): Promise<CorrectionOrder> {
  const [event] = await deps.reader.readVersions([request]);
  const check = checkOfStream(request.stream);
  if (event === undefined || check === undefined || !requestShape.Check(event.data)) {
    throw new UnreadableRequestError('the event is no correction request');
  }
  const { requestId, verdictId, fields, target } = event.data;
  const record = await versionOf(deps, target);
  const verdict = await verdictOf(deps, event, verdictId);
  const side = verdict.left.stream === target.stream ? 'left' : 'right';
  const place = side === 'left' ? personIn(deps, check, record, request.stream) : { person: '', spouse: '' };
  const rules = await deps.rules(verdict.rules);
  const toPath = (field: string): string => pathOf(rules, check, side, field, place);
  const { note, proposed } = personalOf(event);
  return {
    requestId,
    record: record.record,
    key: record.key,
    fields: fields.map(toPath),
    ...(proposed !== undefined && {
      proposed: Object.fromEntries(Object.entries(proposed).map(([field, value]) => [toPath(field), value])),
    }),
    ...(note !== undefined && { note }),
  };
}

async function versionOf(deps: OrderDeps, target: VersionRef): Promise<RecordVersion> {
  const [event] = await deps.reader.readVersions([target]);
  if (event === undefined) throw new UnreadableRequestError('the record version is not in the log');
  try {
    return decodeRecordEvent(event);
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) throw new UnreadableRequestError(error.message);
    throw error;
  }
}

async function verdictOf(
  { reader }: OrderDeps,
  request: RecordedEvent,
  verdictId: string,
): Promise<{ left: VersionRef; rules: string }> {
  const before = await reader.readStream(request.stream, {
    from: request.streamVersion,
    direction: 'backwards',
    limit: VERDICT_LOOKBACK_EVENTS,
  });
  const data = before.find(({ id }) => id === verdictId)?.data;
  if (!verdictShape.Check(data)) throw new UnreadableRequestError('the verdict of the request is not in its stream');
  return data;
}

/** The person is found by the reconciliation's identity: their place may be another one in each version. */
function personIn({ hash }: OrderDeps, check: Check, record: RecordVersion, reconciliation: string): Place {
  if (check === 'duplicate') return { person: '', spouse: '' };
  const part = findPart(
    check,
    record.content,
    (identity) =>
      reconciliationStream(check, reconciliationOf(hash, check, record.stream, identity)) === reconciliation,
  );
  if (part === undefined) throw new UnreadableRequestError('the person of the request is not in the record version');
  return placeOf(check, part);
}

function personalOf({ personal }: RecordedEvent): { note?: string; proposed?: Record<string, unknown> } {
  const shape = { ...personal };
  return personalShape.Check(shape) ? shape : {};
}
