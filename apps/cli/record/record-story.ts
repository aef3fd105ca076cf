import { findPart, comparedFields, findReconciliation, type Reconciliation } from '#apps/steward-desk/reconciliation';
import { decodeRecordEvent, reconciliationStream, recordTypeOfStream } from '#contracts/events';
import { REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import type { Check, Code, Outcome, VersionRef } from '#contracts/verdicts';
import { checksFrom, partsOf } from '#libs/domain/matching';
import { effectiveClaim, type Phase } from '#libs/domain/reconciliation';
import type { RecordedEvent } from '#libs/event-store/port';
import { findVerdictsOf, openViewReader, verdictsProjection } from '#libs/projections';
import { reconciliationOf } from '#libs/platform';
import { RulesBook } from '#libs/rules';
import type { ReadData } from '../data.ts';
import { versionOf, type FoundRecord } from './find-record.ts';

/** One side of a verdict: which record, and its key. */
export interface Side {
  readonly registry: Registry;
  readonly record: RecordType;
  readonly recordKey: string | null;
}

export interface ShownField {
  readonly field: string;
  readonly verdict: string;
  readonly why?: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** What a check says of a record, with the values of the fields that are not equal. */
export interface ShownVerdict {
  readonly check: Check;
  readonly reconciliation: string;
  /** Which of the two the record is that was asked for. */
  readonly side: 'left' | 'right';
  readonly part: number;
  readonly left: Side;
  readonly right: Side | null;
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  readonly fields: readonly ShownField[];
  readonly phase: Phase;
  readonly holder: string | null;
  readonly corrections: readonly { readonly registry: string; readonly state: string; readonly requestedAt: string }[];
  readonly judgedAt: string | null;
  readonly rules: string;
}

/** What happened to a record or to a check of it. */
export interface Happening {
  readonly event: RecordedEvent;
  readonly check: Check | null;
}

export interface RecordStory {
  readonly found: FoundRecord;
  readonly verdicts: readonly ShownVerdict[];
  /** In the order of the log. */
  readonly history: readonly Happening[];
}

/** Verdicts of others that are looked at, for a record that very many mention. */
const MOST_VERDICTS = 200;

/** Everything that the hub knows of a record: what its checks say, who found it as a counterpart, and what happened. */
export async function tellStory(data: ReadData, found: FoundRecord): Promise<RecordStory> {
  const own = new Map<string, { readonly check: Check; readonly side: 'left' | 'right' }>();
  for (const { check, hash, side } of currentVerdicts(data, found.stream)) {
    own.set(reconciliationStream(check, hash), { check, side });
  }
  for (const [stream, check] of reconciliationsOf(data, found)) own.set(stream, { check, side: 'left' });

  const verdicts: ShownVerdict[] = [];
  const history: Happening[] = found.versions.map(({ event }) => ({ event, check: null }));
  for (const [stream, { check, side }] of own) {
    const reconciliation = await findReconciliation(data.store, stream);
    if (reconciliation === undefined) continue;
    const shown = await shownVerdict(data, reconciliation, check, side);
    if (shown !== undefined) verdicts.push(shown);
    if (side === 'left') history.push(...reconciliation.events.map((event) => ({ event, check })));
  }
  return {
    found,
    verdicts: verdicts.sort(bySide),
    history: history.sort((a, b) => a.event.position - b.event.position),
  };
}

function currentVerdicts({ directory }: ReadData, stream: string) {
  const view = openViewReader(directory.views, verdictsProjection);
  try {
    return findVerdictsOf(view, stream, MOST_VERDICTS);
  } finally {
    view.close();
  }
}

/** Of everyone who ever stood in the record: whoever has left it has a reconciliation that ended. */
function reconciliationsOf({ hash }: ReadData, { record, stream, versions }: FoundRecord): ReadonlyMap<string, Check> {
  const streams = new Map<string, Check>();
  for (const { content } of versions) {
    if (content === undefined) continue;
    for (const check of checksFrom(record)) {
      for (const { identity } of partsOf(check, content)) {
        streams.set(reconciliationStream(check, reconciliationOf(hash, check, stream, identity)), check);
      }
    }
  }
  return streams;
}

async function shownVerdict(
  { store, hash }: ReadData,
  { stream, state, events }: Reconciliation,
  check: Check,
  side: 'left' | 'right',
): Promise<ShownVerdict | undefined> {
  const { verdict } = state;
  // Of a pair there is something to say only while it is suspected.
  if (verdict === null || (check === 'duplicate' && verdict.outcome !== 'MISMATCHED')) return undefined;
  const [leftEvent, rightEvent] = await store.readVersions(
    verdict.right === null ? [verdict.left] : [verdict.left, verdict.right],
  );
  const left = leftEvent && versionOf(leftEvent).content;
  const right = rightEvent && versionOf(rightEvent).content;
  const compared = { stream, verdict, left, right };
  const part = findPart(hash, compared);
  const rules = (await RulesBook.open(store)).find(verdict.rules);
  const fields = rules === undefined ? [] : comparedFields(rules, part, compared);
  return {
    check,
    reconciliation: stream,
    side,
    part: part?.index ?? 0,
    left: sideOf(verdict.left, leftEvent),
    right: verdict.right && sideOf(verdict.right, rightEvent),
    outcome: verdict.outcome,
    codes: verdict.codes,
    fields: verdict.findings.map((finding) => {
      const values = fields.find(({ field }) => field === finding.field);
      return { ...finding, left: values?.left ?? null, right: values?.right ?? null };
    }),
    phase: state.phase,
    holder: effectiveClaim(state, Date.now())?.holder ?? null,
    corrections: state.corrections.map(({ registry, state: now, requestedAt }) => ({
      registry,
      state: now,
      requestedAt,
    })),
    judgedAt: events.find(({ id }) => id === verdict.id)?.occurredAt ?? null,
    rules: verdict.rules,
  };
}

function sideOf({ stream }: VersionRef, event: RecordedEvent | undefined): Side {
  const record = recordTypeOfStream(stream);
  if (record === undefined) throw new RangeError('a verdict points to a stream that is none of a record');
  const isReadable = event !== undefined && versionOf(event).content !== undefined;
  return { registry: REGISTRY_OF[record], record, recordKey: isReadable ? decodeRecordEvent(event).key : null };
}

const bySide = (a: ShownVerdict, b: ShownVerdict): number =>
  a.side === b.side ? compare(a.check, b.check) || a.part - b.part : a.side === 'left' ? -1 : 1;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
