import { decodeRecordEvent, reconciliationStream, UnreadableRecordEventError } from '#contracts/events';
import type { JudgedRecord, ReconciliationOfRecord } from '#contracts/http';
import type { RecordContent, RecordType } from '#contracts/records';
import type { VersionRef } from '#contracts/verdicts';
import { checksFrom, partsOf } from '#libs/domain/matching';
import type { RecordedEvent } from '#libs/event-store/port';
import { reconciliationOf } from '#libs/platform';
import { findTouching, ViewNotReadyError, type ReconciliationAddress, type ViewReader } from '#libs/projections';
import type { StewardDeskDeps } from '../desk-deps.ts';
import { comparedFields, findPart } from '../reconciliation/compared-fields.ts';
import { findReconciliation, latestVerdict, type Reconciliation } from '../reconciliation/read-reconciliation.ts';
import type { DeskRules } from '../rules/desk-rules.ts';
import { referenceOf, shownVersion } from './record-reference.ts';

/** A reconciliation that touches a record, as it is shown there, with what happened in it. */
export interface TouchingReconciliation {
  readonly shown: ReconciliationOfRecord;
  readonly events: readonly RecordedEvent[];
}

export interface RecordReconciliations {
  readonly found: readonly TouchingReconciliation[];
  readonly cut: boolean;
}

type Deps = Pick<StewardDeskDeps, 'store' | 'hash' | 'settings'> & { readonly rules: Pick<DeskRules, 'find'> };

/**
 * Every reconciliation that touches a record. Those that check it follow from its versions: of everyone who ever stood in a shown one, as
 * whoever has left the record has a reconciliation that ended. Those of others, and pairs, are told by the view of verdicts.
 */
export async function findReconciliationsOf(
  deps: Deps,
  verdicts: ViewReader,
  record: { readonly stream: string; readonly type: RecordType; readonly events: readonly RecordedEvent[] },
): Promise<RecordReconciliations> {
  const { others, cut } = othersOf(verdicts, record.stream, deps.settings.maxOthersReconciliations);
  const addresses = new Map([...ownOf(deps, record), ...others].map((address) => [address.hash, address]));
  const found = await Promise.all([...addresses.values()].map((address) => load(deps, record.stream, address)));
  return { found: found.filter((one) => one !== undefined), cut };
}

function ownOf(
  { hash }: Deps,
  {
    stream,
    type,
    events,
  }: { readonly stream: string; readonly type: RecordType; readonly events: readonly RecordedEvent[] },
): readonly ReconciliationAddress[] {
  return events.flatMap(readableContent).flatMap((content) =>
    checksFrom(type).flatMap((check) =>
      partsOf(check, content).map(({ identity }) => ({
        check,
        hash: reconciliationOf(hash, check, stream, identity),
      })),
    ),
  );
}

/** The view may still be being built: the page is shown with what the streams tell. */
function othersOf(
  verdicts: ViewReader,
  stream: string,
  limit: number,
): { readonly others: readonly ReconciliationAddress[]; readonly cut: boolean } {
  try {
    const { reconciliations: others, cut } = findTouching(verdicts, stream, limit);
    return { others, cut };
  } catch (error) {
    if (error instanceof ViewNotReadyError) return { others: [], cut: true };
    throw error;
  }
}

async function load(
  deps: Deps,
  recordStream: string,
  { check, hash }: ReconciliationAddress,
): Promise<TouchingReconciliation | undefined> {
  const reconciliation = await findReconciliation(deps.store, reconciliationStream(check, hash));
  if (reconciliation === undefined) return undefined;
  const { state, events } = reconciliation;
  const { verdict } = state;
  const judged = events.findLast(({ id }) => id === verdict?.id);
  return {
    events,
    shown: {
      check,
      hash,
      ...(await bothSides(deps, reconciliation, recordStream)),
      phase: state.phase,
      outcome: verdict?.outcome ?? null,
      codes: verdict?.codes ?? [],
      verdictId: verdict?.id ?? null,
      judgedAt: judged?.occurredAt ?? null,
    },
  };
}

/** Both sides as the latest verdict saw them, also of one that has ended. */
async function bothSides(
  { store, hash, rules: known }: Deps,
  reconciliation: Reconciliation,
  recordStream: string,
): Promise<Pick<ReconciliationOfRecord, 'side' | 'left' | 'right' | 'fields'>> {
  const verdict = latestVerdict(reconciliation);
  if (verdict === undefined) return { side: 'left', left: null, right: null, fields: [] };
  const refs = verdict.right === null ? [verdict.left] : [verdict.left, verdict.right];
  const [leftEvent, rightEvent] = await store.readVersions(refs);
  const compared = {
    stream: reconciliation.stream,
    verdict,
    left: leftEvent && contentOf(leftEvent),
    right: rightEvent && contentOf(rightEvent),
  };
  const rules = await known.find(verdict.rules);
  return {
    side: verdict.left.stream === recordStream ? 'left' : 'right',
    left: judgedRecord(verdict.left, leftEvent),
    right: verdict.right && judgedRecord(verdict.right, rightEvent),
    fields: rules === undefined ? [] : comparedFields(rules, findPart(hash, compared), compared),
  };
}

const judgedRecord = ({ stream, version }: VersionRef, event: RecordedEvent | undefined): JudgedRecord => ({
  reference: referenceOf(stream),
  version,
  key: event === undefined ? null : shownVersion(event).key,
});

function readableContent(event: RecordedEvent): readonly RecordContent[] {
  const content = contentOf(event);
  return content === undefined || event.data['withdrawn'] === true ? [] : [content];
}

function contentOf(event: RecordedEvent): RecordContent | undefined {
  try {
    return decodeRecordEvent(event).content;
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return undefined;
    throw error;
  }
}
