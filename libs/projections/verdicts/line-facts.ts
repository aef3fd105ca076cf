import { decodeRecordEvent, recordStream, type RecordVersion } from '#contracts/events';
import { REGISTRY_OF, type RecordType } from '#contracts/records';
import { CHECK_DEFINITIONS, CHECKS, type Check, type VersionRef } from '#contracts/verdicts';
import { lookupOf, partsOf, seeksCandidates, type Identifier, type Part } from '#libs/domain/matching';
import type { EventStoreReader } from '#libs/event-store/port';
import { reconciliationOf, type KeyedHash } from '#libs/platform';
import { findCandidates } from '../candidates/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { streamKey } from '../shared/index.ts';
import type { CurrentVerdict } from './current-verdicts.ts';
import type { RecordKeys } from './record-keys.ts';
import type { LineFacts } from './verdict-spool.ts';

export interface FactsDeps {
  readonly store: EventStoreReader;
  readonly hash: KeyedHash;
  /** View of the candidates; without it none are computed. */
  readonly candidates?: ViewReader | undefined;
  /** Keys of all records, where they have been gathered. */
  readonly keys?: RecordKeys | undefined;
}

/** Checks whose records may name several people: which one it was shows in the current version alone. */
const OF_SEVERAL_PEOPLE: ReadonlySet<Check> = new Set(
  CHECKS.filter((check) => CHECK_DEFINITIONS[check].subject.kind === 'each-of'),
);

type Line = readonly [CurrentVerdict, LineFacts];

/** What the lines of these verdicts say beyond the verdicts: keys, parts and, when asked for, candidates. */
export async function factsOf(deps: FactsDeps, verdicts: readonly CurrentVerdict[]): Promise<readonly Line[]> {
  const { keys } = deps;
  if (keys === undefined) return lookUp(deps, verdicts);
  const lines: Line[] = [];
  const unknown: CurrentVerdict[] = [];
  for (const verdict of verdicts) {
    const facts = needsCandidates(deps, verdict) ? undefined : gathered(keys, verdict);
    if (facts === undefined) unknown.push(verdict);
    else lines.push([verdict, facts]);
  }
  return unknown.length === 0 ? lines : [...lines, ...(await lookUp(deps, unknown))];
}

/** Undefined when a record is not among the keys. */
function gathered(keys: RecordKeys, { hash, left, right }: CurrentVerdict): LineFacts | undefined {
  const recordKey = keys.keyOf(streamKey(left.stream));
  const counterpartKey = right === null ? null : keys.keyOf(streamKey(right.stream));
  if (recordKey === undefined || counterpartKey === undefined) return undefined;
  return { recordKey, part: keys.partOf(hash), counterpartKey, candidates: [] };
}

async function lookUp(deps: FactsDeps, verdicts: readonly CurrentVerdict[]): Promise<readonly Line[]> {
  const leftOf = await readLefts(deps, verdicts);
  const judged = verdicts.map((verdict) => {
    const left = leftOf(verdict);
    if (left === undefined) throw new MissingVersionError(verdict.left);
    const part = partOf(deps.hash, verdict, left);
    return { verdict, left, part, counterpartKey: provenKey(deps.hash, verdict, left, part) };
  });
  const unproven = judged.flatMap(({ verdict: { right }, counterpartKey }) =>
    right === null || counterpartKey !== undefined ? [] : [right],
  );
  const read = await readVersions(deps.store, unproven);
  const lines: Line[] = [];
  for (const { verdict, left, part, counterpartKey } of judged) {
    const { right } = verdict;
    lines.push([
      verdict,
      {
        recordKey: left.key,
        part: part?.index ?? 0,
        counterpartKey: right === null ? null : (counterpartKey ?? keyIn(read, right)),
        candidates: await candidatesFor(deps, verdict, left),
      },
    ]);
  }
  return lines;
}

const isOfSeveral = ({ kind }: CurrentVerdict): boolean => OF_SEVERAL_PEOPLE.has(kind.check);

/** The checked records: as they were judged, or, where the part depends on it, as they are now. */
async function readLefts(
  { store }: FactsDeps,
  verdicts: readonly CurrentVerdict[],
): Promise<(verdict: CurrentVerdict) => RecordVersion | undefined> {
  const judged = await readVersions(
    store,
    verdicts.filter((verdict) => !isOfSeveral(verdict)).map(({ left }) => left),
  );
  const current = new Map<string, RecordVersion | undefined>();
  for (const { left } of verdicts.filter(isOfSeveral)) {
    if (!current.has(left.stream)) current.set(left.stream, await readCurrent(store, left.stream));
  }
  return (verdict) => (isOfSeveral(verdict) ? current : judged).get(verdict.left.stream);
}

const BACKWARDS_PAGE = 2;

/** The current version of a record: the latest that did not come late. */
async function readCurrent(store: EventStoreReader, stream: string): Promise<RecordVersion | undefined> {
  let from: number | undefined;
  for (;;) {
    const page = await store.readStream(stream, {
      direction: 'backwards',
      limit: BACKWARDS_PAGE,
      ...(from !== undefined && { from }),
    });
    const current = page.map(decodeRecordEvent).find(({ late }) => !late);
    const last = page.at(-1);
    if (current !== undefined || last === undefined || last.streamVersion === 0) return current;
    from = last.streamVersion - 1;
  }
}

async function readVersions(
  store: EventStoreReader,
  refs: readonly VersionRef[],
): Promise<ReadonlyMap<string, RecordVersion>> {
  const byStream = new Map(refs.map((ref) => [ref.stream, ref]));
  const events = await store.readVersions([...byStream.values()]);
  return new Map(events.flatMap((event) => (event === undefined ? [] : [[event.stream, decodeRecordEvent(event)]])));
}

/** The part whose reconciliation this is; while its person is just leaving the record, none. */
function partOf(hash: KeyedHash, { kind: { check }, hash: wanted, left }: CurrentVerdict, record: RecordVersion) {
  const parts = partsOf(check, record.content);
  if (parts.length <= 1) return parts[0];
  return parts.find(({ identity }) => reconciliationOf(hash, check, left.stream, identity) === wanted);
}

const RECORD_FOUND_BY: { readonly [T in Identifier['type']]?: RecordType } = {
  PERSONAL_ID: 'resident',
  TAX_CODE: 'taxpayer',
  ENTERPRISE_CODE: 'enterprise',
};

/** Most counterparts were looked up by their own key: when its hash is theirs, they need not be read. */
function provenKey(
  hash: KeyedHash,
  { kind: { check }, right }: CurrentVerdict,
  left: RecordVersion,
  part: Part | undefined,
): string | undefined {
  if (right === null || part === undefined) return undefined;
  const lookup = lookupOf(check, left.content, part);
  const [first] = lookup.kind === 'identifier' ? lookup.identifiers : [];
  const record = first && RECORD_FOUND_BY[first.type];
  if (first === undefined || record === undefined) return undefined;
  return recordStream(record, hash(REGISTRY_OF[record], record, first.value)) === right.stream
    ? first.value
    : undefined;
}

function keyIn(read: ReadonlyMap<string, RecordVersion>, ref: VersionRef): string {
  const version = read.get(ref.stream);
  if (version === undefined) throw new MissingVersionError(ref);
  return version.key;
}

const needsCandidates = ({ candidates }: FactsDeps, { kind: { outcome }, right }: CurrentVerdict): boolean =>
  candidates !== undefined && seeksCandidates({ outcome, right });

/** Of the person as the verdict saw them, whatever the record says by now. */
async function candidatesFor(
  deps: FactsDeps,
  verdict: CurrentVerdict,
  left: RecordVersion,
): Promise<LineFacts['candidates']> {
  const { candidates, store } = deps;
  if (candidates === undefined || !needsCandidates(deps, verdict)) return [];
  const judged =
    left.version === verdict.left.version ? left : (await readVersions(store, [verdict.left])).get(left.stream);
  const part = judged && partOf(deps.hash, verdict, judged);
  if (part === undefined || part.person === null) return [];
  const found = await findCandidates(candidates, store, part.person);
  return found.map(({ recordKey, score }) => ({ recordKey, score }));
}

/** A verdict points to a version of a record that is not in the log. */
export class MissingVersionError extends Error {
  override readonly name = 'MissingVersionError';
  readonly code = 'record-version-missing';

  constructor({ stream, version }: VersionRef) {
    super(`Version ${version} of ${stream}, which a verdict points to, is not in the log: run khop verify.`);
  }
}
