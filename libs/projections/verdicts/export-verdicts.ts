import { CHECKS, type Check, type VerdictLine } from '#contracts/verdicts';
import type { EventStoreReader } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import type { ViewReader } from '../engine/index.ts';
import { readCurrentVerdicts, readVerdictKinds, type VerdictKind } from './current-verdicts.ts';
import { factsOf } from './line-facts.ts';
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
    const total = Number(snapshot.get('SELECT count(*) AS verdicts FROM verdicts')?.['verdicts']);
    let done = 0;
    for (const page of readCurrentVerdicts(snapshot, kinds, checks, PAGE_VERDICTS)) {
      spool.put(await factsOf(options, page));
      done += page.length;
      onProgress?.(done, total);
    }
    return kinds;
  } finally {
    snapshot.close();
  }
}

function kindIn(kinds: ReadonlyMap<number, VerdictKind>, cell: number): VerdictKind {
  const kind = kinds.get(cell);
  if (kind === undefined) throw new RangeError('a line stands in a cell that is not there');
  return kind;
}
