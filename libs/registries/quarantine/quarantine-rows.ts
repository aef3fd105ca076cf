import type { QuarantineReason } from '#contracts/events';
import {
  QuarantineResolved,
  QuarantineResubmissionFailed,
  RecordQuarantined,
  quarantineStream,
} from '#contracts/events';
import type { Append, EventStore, JsonObject, NewEvent } from '#libs/event-store/port';
import type { Clock, KeyedHash } from '#libs/platform';
import { derivedId, toTimestamp } from '#libs/platform';
import { appendPatiently } from '../appending/index.ts';
import type { KeptRowBounds } from './keepable-row.ts';
import type { QuarantineItem } from './quarantine-item.ts';
import { keepableRow } from './keepable-row.ts';
import { findQuarantined } from './quarantine-item.ts';

export interface QuarantineDeps {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  readonly clock: Clock;
}

/** The intake that rows are rejected in. */
export interface RejectingIntake {
  readonly intakeId: string;
  readonly registry: string;
  readonly record: string;
  readonly fileName?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly actor?: string | undefined;
  readonly keptRow?: KeptRowBounds | undefined;
}

export interface RejectedRow {
  readonly line: number;
  readonly raw: unknown;
  readonly reasons: readonly QuarantineReason[];
  /** The item that this row was an attempt to fix. */
  readonly quarantineId?: string | undefined;
  /** The row's own trace. */
  readonly traceparent?: string | undefined;
}

/** Too many writers changed the same item at once; it may be tried again. */
export class QuarantineContentionError extends Error {
  override readonly name = 'QuarantineContentionError';
  readonly code = 'quarantine-contention';
}

const MAX_ROUNDS = 12;
const QUARANTINE_ID = /^[0-9a-f]{32}$/;

/** Whether a text from outside can be the id of a row in quarantine. */
export const isQuarantineId = (text: unknown): text is string => typeof text === 'string' && QUARANTINE_ID.test(text);

/** The id of a row in quarantine: the same row of the same record type has the same, and it tells nothing of the row. */
export const quarantineIdOf = (hash: KeyedHash, intake: RejectingIntake, identity: string): string =>
  hash('quarantine', intake.registry, intake.record, identity);

/**
 * Puts rows into quarantine and answers their ids, in order. A row that is there already appends nothing; one that came with the
 * id of an open item is a failed attempt to fix that item.
 */
export async function quarantineRows(
  deps: QuarantineDeps,
  intake: RejectingIntake,
  rows: readonly RejectedRow[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  const fresh = new Map<string, NewEvent>();
  for (const row of rows) {
    const { traceparent = intake.traceparent } = row;
    const item = await openItem(deps, intake, row.quarantineId);
    if (item !== undefined) {
      ids.push(item.quarantineId);
      await failResubmission(deps, { ...intake, traceparent }, item, row);
      continue;
    }
    const kept = keepableRow(row.raw, intake.keptRow);
    const id = quarantineIdOf(deps.hash, intake, kept.identity);
    ids.push(id);
    if (!fresh.has(id)) fresh.set(id, quarantined(deps, { ...intake, traceparent }, id, row, kept.row));
  }
  await appendFresh(deps, fresh);
  return ids;
}

async function appendFresh(deps: QuarantineDeps, fresh: ReadonlyMap<string, NewEvent>): Promise<void> {
  if (fresh.size === 0) return;
  const appends = [...fresh].map(([id, event]): Append => ({
    stream: quarantineStream(id),
    expected: 'no-stream',
    events: [event],
  }));
  const results = await appendPatiently(deps.store, appends);
  for (const [index, [id, event]] of [...fresh].entries()) {
    const result = results[index];
    if (result?.ok === true && !result.repeated) continue;
    await appendToItem(deps, id, (item) => (item?.state === 'open' ? undefined : event));
  }
}

/** Whether an item is a row of the record type that an intake takes in. */
const isOf = (intake: RejectingIntake, item: QuarantineItem): boolean =>
  item.registry === intake.registry && item.record === intake.record;

/** The row of an item was fixed and taken in: nothing happens when that is known already. */
export const resolveQuarantined = (
  deps: QuarantineDeps,
  intake: RejectingIntake,
  quarantineId: string,
  recordStream: string,
): Promise<void> =>
  appendToItem(deps, quarantineId, (item) =>
    item?.state === 'open' && isOf(intake, item)
      ? itemEvent(deps, intake, QuarantineResolved.type, { quarantineId, recordStream })
      : undefined,
  );

/** The row of an item was tried again in vain. */
export async function failResubmission(
  deps: QuarantineDeps,
  intake: RejectingIntake,
  item: QuarantineItem,
  { raw, reasons }: Pick<RejectedRow, 'raw' | 'reasons'>,
): Promise<void> {
  const { row } = keepableRow(raw, intake.keptRow);
  const data = { quarantineId: item.quarantineId, reasons: [...reasons] };
  const same = JSON.stringify([item.row, item.reasons]) === JSON.stringify([row, reasons]);
  if (same) return;
  await appendToItem(deps, item.quarantineId, (now) =>
    now?.state === 'open' ? itemEvent(deps, intake, QuarantineResubmissionFailed.type, data, { row }) : undefined,
  );
}

/** The open item of an id that came with a row, if it is one of this record type. */
export async function openItem(
  deps: QuarantineDeps,
  intake: RejectingIntake,
  quarantineId: string | undefined,
): Promise<QuarantineItem | undefined> {
  if (quarantineId === undefined) return undefined;
  const item = await findQuarantined(deps.store, quarantineId);
  return item?.state === 'open' && isOf(intake, item) ? item : undefined;
}

/** Appends what `decide` makes of the item as it is now, and decides again when someone else was faster. */
async function appendToItem(
  deps: QuarantineDeps,
  id: string,
  decide: (item: QuarantineItem | undefined) => NewEvent | undefined,
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const item = await findQuarantined(deps.store, id);
    const event = decide(item);
    if (event === undefined) return;
    const version = item?.version ?? -1;
    const stream = quarantineStream(id);
    const [result] = await appendPatiently(deps.store, [
      {
        stream,
        expected: version < 0 ? 'no-stream' : version,
        events: [{ ...event, id: derivedId(stream, version + 1) }],
      },
    ]);
    if (result?.ok === true) return;
  }
  throw new QuarantineContentionError('The row in quarantine kept changing while it was being worked on.');
}

function quarantined(
  deps: QuarantineDeps,
  intake: RejectingIntake,
  quarantineId: string,
  { line, reasons }: RejectedRow,
  row: ReturnType<typeof keepableRow>['row'],
): NewEvent {
  const { intakeId, registry, record, fileName } = intake;
  const data = { quarantineId, registry, record, intakeId, line, reasons: [...reasons] };
  const event = itemEvent(deps, intake, RecordQuarantined.type, data, { row, fileName });
  return { ...event, id: derivedId(quarantineStream(quarantineId), 0) };
}

function itemEvent(
  deps: QuarantineDeps,
  intake: RejectingIntake,
  type: string,
  data: JsonObject,
  personal?: JsonObject,
): NewEvent {
  return {
    id: '',
    type,
    schemaVersion: 1,
    occurredAt: toTimestamp(deps.clock()),
    correlationId: intake.intakeId,
    traceparent: intake.traceparent,
    actor: intake.actor,
    data,
    personal,
  };
}
