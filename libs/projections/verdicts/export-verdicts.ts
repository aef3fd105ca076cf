import { CHECKS, type Check, type VerdictLine } from '#contracts/verdicts';
import type { EventStoreReader } from '#libs/event-store/port';
import type { KeyedHash } from '#libs/platform';
import type { ViewReader } from '../engine/index.ts';
import { factsOf } from './line-facts.ts';
import { openVerdictSpool } from './verdict-spool.ts';

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

const PAGE = 1_000;

/**
 * The current verdicts as lines of the export: sorted by check, registry, record key, part and counterpart, each by its
 * characters. All lines are of one moment, and memory is bounded whatever their number; record keys are personal values.
 * Throws `ViewNotReadyError`.
 */
export async function* exportVerdicts(options: ExportVerdictsOptions): AsyncGenerator<VerdictLine, void, undefined> {
  const { view, checks = CHECKS, onProgress } = options;
  const spool = openVerdictSpool();
  try {
    const total = view.read((snapshot) => spool.take(snapshot, checks));
    let done = 0;
    for (let page = spool.page(0, PAGE); page.length > 0; page = spool.page(page.at(-1)?.id ?? 0, PAGE)) {
      spool.put(await factsOf(options, page));
      done += page.length;
      onProgress?.(done, total);
    }
    yield* spool.sorted();
  } finally {
    spool.close();
  }
}
