import type { Check } from '#contracts/verdicts';
import type { ViewReader } from '../engine/index.ts';
import { keyText, streamKey } from '../shared/index.ts';
import { readVerdictKinds } from './current-verdicts.ts';

/** The address of a reconciliation. */
export interface ReconciliationAddress {
  readonly check: Check;
  readonly hash: string;
}

export interface Touching {
  readonly reconciliations: readonly ReconciliationAddress[];
  /** There are more. */
  readonly cut: boolean;
}

/**
 * The reconciliations that touch a record and can't be told from the record itself: those whose current verdict found it as the
 * counterpart, and every pair in which it was ever suspected, at most so many. By indexes, so that a request may ask.
 */
export function findTouching(view: ViewReader, stream: string, limit: number): Touching {
  const key = streamKey(stream);
  return view.read((snapshot) => {
    const kinds = readVerdictKinds(snapshot);
    const pairs = snapshot.all('SELECT stream FROM pairs WHERE record = ? LIMIT ?', key, limit + 1);
    const found = snapshot.all(
      `SELECT stream, cell FROM verdicts INDEXED BY verdicts_by_counterpart
        WHERE right_key IS NOT NULL AND substr(right_key, 1, 6) = substr(?, 1, 6) AND right_key = ? ORDER BY id LIMIT ?`,
      key,
      key,
      limit + 1,
    );
    const addresses = new Map<string, ReconciliationAddress>();
    const add = (check: Check, hash: string): unknown => addresses.set(hash, { check, hash });
    for (const { stream: pair } of pairs) add('duplicate', keyText(pair));
    for (const { stream: own, cell } of found) {
      const kind = kinds.get(Number(cell));
      if (kind !== undefined) add(kind.check, keyText(own));
    }
    return { reconciliations: [...addresses.values()].slice(0, limit), cut: addresses.size > limit };
  });
}
