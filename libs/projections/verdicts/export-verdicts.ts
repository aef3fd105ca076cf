import { CHECKS, type Check, type VerdictLine } from '#contracts/verdicts';
import type { EventStoreReader } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import type { ViewReader, ViewSnapshot } from '../engine/index.ts';
import { readCurrentVerdicts, readVerdictKinds, type VerdictKind } from './current-verdicts.ts';
import { factsOf } from './line-facts.ts';
import { loadRecordKeys } from './record-keys.ts';
import { openVerdictSpool, type VerdictSpool } from './verdict-spool.ts';

export interface ExportVerdictsOptions {
  /** The view of verdicts. */
  readonly view: ViewReader;
  readonly store: EventStoreReader;
  readonly hash: KeyedHash;
  /** Default: all. */
  readonly checks?: readonly Check[];
  /** The view of candidates: where no counterpart was found, lines name who comes into question. */
  readonly candidates?: ViewReader | undefined;
  /** Told how many verdicts have been looked up, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

const PAGE_VERDICTS = 1_000;
/** Going through the log takes a fifth of what looking up takes, event by verdict: up to here it is the shorter way. */
const EVENTS_PER_VERDICT = 4;

/**
 * The current verdicts as lines of the export: sorted by check, registry, record key, part and counterpart, each by its
 * characters. All lines are of one moment, and memory is bounded whatever their number. Record keys are personal values.
 * Throws `ViewNotReadyError`.
 */
export async function* exportVerdicts(options: ExportVerdictsOptions): AsyncGenerator<VerdictLine, void, undefined> {
  const spool = openVerdictSpool();
  try {
    const kinds = await fill(spool, options);
    yield* spool.sorted((cell) => kindIn(kinds, cell));
  } finally {
    spool.close();
  }
}

async function fill(spool: VerdictSpool, options: ExportVerdictsOptions): Promise<ReadonlyMap<number, VerdictKind>> {
  const { view, checks = CHECKS, onProgress } = options;
  const snapshot = view.snapshot();
  try {
    const kinds = readVerdictKinds(snapshot);
    const total = countVerdicts(snapshot, kinds, checks);
    const isShorter = snapshot.position <= total * EVENTS_PER_VERDICT;
    const keys = isShorter ? await loadRecordKeys(options.store, snapshot.position, options.hash) : undefined;
    let done = 0;
    for (const page of readCurrentVerdicts(snapshot, kinds, checks, PAGE_VERDICTS)) {
      spool.put(await factsOf({ ...options, keys }, page));
      done += page.length;
      onProgress?.(done, total);
    }
    return kinds;
  } finally {
    snapshot.close();
  }
}

function countVerdicts(view: ViewSnapshot, kinds: ReadonlyMap<number, VerdictKind>, checks: readonly Check[]): number {
  let total = 0;
  for (const [cell, verdicts] of view.rows('SELECT id, verdicts FROM cells')) {
    if (checks.includes(kindIn(kinds, Number(cell)).check)) total += Number(verdicts);
  }
  return total;
}

function kindIn(kinds: ReadonlyMap<number, VerdictKind>, cell: number): VerdictKind {
  const kind = kinds.get(cell);
  if (kind === undefined) throw new RangeError('a line stands in a cell that is not there');
  return kind;
}
