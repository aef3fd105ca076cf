import type { Check } from '#contracts/verdicts';
import type { KeyedHash } from './keyed-hash.ts';

/** Identity of a reconciliation: check, record and the person in it, under the hub's key. It never shifts with a place in an array. */
export function reconciliationOf(hash: KeyedHash, check: Check, recordStream: string, partIdentity: string): string {
  return hash('reconciliation', check, recordStream, partIdentity);
}

/** Identity of the reconciliation of two residents that may be one: the pair, whichever came first. */
export function reconciliationOfPair(hash: KeyedHash, one: string, other: string): string {
  const [left, right] = one < other ? [one, other] : [other, one];
  return hash('reconciliation', 'duplicate', left, right);
}
