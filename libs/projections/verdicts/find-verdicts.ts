import type { Check } from '#contracts/verdicts';
import type { ViewReader } from '../engine/index.ts';
import { keyText, streamKey } from '../shared/index.ts';
import { readVerdictKinds } from './current-verdicts.ts';

/** A current verdict that a record has a part in, by the address of its reconciliation. */
export interface VerdictOfRecord {
  readonly check: Check;
  readonly hash: string;
  /** Whether the record is the one that was checked, or the counterpart. */
  readonly side: 'left' | 'right';
}

/**
 * The current verdicts on a record and those that found it as a counterpart, at most so many, in the order in which they were
 * first given. It looks at every verdict: for single questions, not for requests.
 */
export function findVerdictsOf(view: ViewReader, stream: string, limit: number): readonly VerdictOfRecord[] {
  const key = streamKey(stream);
  return view.read((snapshot) => {
    const kinds = readVerdictKinds(snapshot);
    const rows = snapshot.all(
      'SELECT stream, cell, left_key = ? AS checked FROM verdicts WHERE left_key = ? OR right_key = ? LIMIT ?',
      key,
      key,
      key,
      limit,
    );
    return rows.flatMap((row): readonly VerdictOfRecord[] => {
      const kind = kinds.get(Number(row['cell']));
      if (kind === undefined) return [];
      return [{ check: kind.check, hash: keyText(row['stream']), side: row['checked'] === 1 ? 'left' : 'right' }];
    });
  });
}
