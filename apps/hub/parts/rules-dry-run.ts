import { allWork, DEFAULT_LINKER_SETTINGS, LinkerIndex } from '#apps/linker';
import { verdictOf, versionsOf } from '#apps/reconciler';
import type { RulesDifference, RulesDryRun } from '#contracts/http';
import type { Rules } from '#contracts/rules';
import { CHECKS, type Check, type Verdict } from '#contracts/verdicts';
import type { WorkItem } from '#contracts/work';
import type { EventStoreReader } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import { findVerdictEvents, openViewReader, verdictIn, verdictsProjection, type ViewReader } from '#libs/projections';
import { RecordVersions } from '#libs/record-versions';
import { compareRejudged, noCounts, RulesBook, type Rejudged } from '#libs/rules';
import type { DataDirectory } from '../data-directory.ts';

export interface RulesDryRunInput {
  readonly rules: Rules;
  /** How many samples of each kind there are for each check. */
  readonly samples: number;
  /** Told of everything that would be judged otherwise. */
  readonly onDifference?: (difference: RulesDifference) => void;
  readonly onProgress?: (records: number) => void;
  readonly signal?: AbortSignal;
}

/** Nothing has been linked yet, or by another version of the hub. */
export class NothingLinkedError extends Error {
  override readonly name = 'NothingLinkedError';
  readonly code = 'nothing-linked';
}

const VERSIONS_REMEMBERED = 2_000;
/** Items that are judged together: each may need two versions, which are read at once. */
const ITEMS_AT_ONCE = 500;

/**
 * Judges all current records by other rules and compares with what the verdicts say now. Reads in pages, beside a running hub too,
 * and writes nothing. Throws `NothingLinkedError`, and `ViewNotReadyError` while the view of verdicts is built.
 */
export async function dryRunRules(
  {
    store,
    hash,
    directory,
  }: { readonly store: EventStoreReader; readonly hash: KeyedHash; readonly directory: DataDirectory },
  { rules, samples, onDifference, onProgress, signal }: RulesDryRunInput,
): Promise<RulesDryRun> {
  const index = LinkerIndex.openForReading(directory.linkerFile);
  if (index === undefined) throw new NothingLinkedError('Nothing has been judged in this data directory yet.');
  const view = openViewReader(directory.views, verdictsProjection);
  try {
    const book = await RulesBook.open(store);
    const versions = new RecordVersions(store, VERSIONS_REMEMBERED);
    const rulesHash = book.hashOf(rules);
    const judging = { store, versions, view, judge: { hash, units: book.units, rulesOf: () => rules } };
    const counts = new Map(CHECKS.map((check) => [check, noCounts()]));
    const kept = new SampleKeeper(samples);
    const settings = { ...DEFAULT_LINKER_SETTINGS, maxNumberHolders: rules.maxCmnd9Holders };
    let records = 0;
    for await (const slice of allWork({ index, versions, hash, rulesHash, settings })) {
      for (let from = 0; from < slice.items.length; from += ITEMS_AT_ONCE) {
        for (const rejudged of await judgeAgain(judging, slice.items.slice(from, from + ITEMS_AT_ONCE))) {
          const ofCheck = counts.get(rejudged.check);
          const difference = ofCheck && compareRejudged(rejudged, ofCheck);
          if (difference === undefined) continue;
          kept.offer(difference);
          onDifference?.(difference);
        }
      }
      records += slice.records;
      onProgress?.(records);
      signal?.throwIfAborted();
    }
    const active = book.active();
    return {
      version: rules.version,
      hash: rulesHash,
      insteadOf: active === undefined ? null : { version: active.version, hash: active.hash },
      records,
      checks: [...counts].map(([check, ofCheck]) => ({ check, ...ofCheck })),
      samples: kept.all(),
    };
  } finally {
    index.close();
    view.close();
  }
}

interface Judging {
  readonly store: EventStoreReader;
  readonly versions: RecordVersions;
  readonly view: ViewReader;
  readonly judge: Parameters<typeof verdictOf>[0];
}

async function judgeAgain(
  { store, versions, view, judge }: Judging,
  items: readonly WorkItem[],
): Promise<readonly Rejudged[]> {
  const load = await versions.load(items.flatMap(versionsOf));
  const now = await currentVerdicts(store, view, items);
  return items.map((item) => ({
    check: item.check,
    reconciliation: item.reconciliation,
    before: now.get(item.reconciliation) ?? null,
    after: item.kind === 'end' ? null : kept(verdictOf(judge, item, load)),
  }));
}

/** Of a pair there is something to say only while it is suspected. */
const kept = (verdict: Verdict): Verdict | null =>
  verdict.check === 'duplicate' && verdict.outcome !== 'MISMATCHED' ? null : verdict;

async function currentVerdicts(
  store: EventStoreReader,
  view: ViewReader,
  items: readonly WorkItem[],
): Promise<ReadonlyMap<string, Verdict>> {
  const streams = items.map(({ reconciliation }) => reconciliation);
  const places = view.read((snapshot) => findVerdictEvents(snapshot, streams)).filter((place) => place !== undefined);
  const events = await store.readVersions(places);
  return new Map(events.flatMap((event) => (event === undefined ? [] : [[event.stream, verdictIn(event)]])));
}

/** The first few of each kind of each check. */
class SampleKeeper {
  readonly #most: number;
  readonly #kept = new Map<string, RulesDifference[]>();

  constructor(most: number) {
    this.#most = most;
  }

  offer(difference: RulesDifference): void {
    const key = `${difference.check} ${difference.kind}`;
    const kept = this.#kept.get(key) ?? [];
    if (kept.length < this.#most) this.#kept.set(key, [...kept, difference]);
  }

  all(): readonly RulesDifference[] {
    const place = ({ check }: RulesDifference): number => CHECKS.indexOf(check satisfies Check);
    return [...this.#kept.values()].flat().sort((a, b) => place(a) - place(b));
  }
}
