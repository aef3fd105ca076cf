import type { VerdictLine } from '#contracts/verdicts';

type Placed = Pick<VerdictLine, 'check' | 'registry' | 'recordKey' | 'part' | 'counterpart'>;

/**
 * Order of the lines of the verdicts export: check, registry, record key, part, counterpart (none first); texts by their
 * characters, as any program sorts them. For sorting truth lines, which are generated in no particular order.
 */
export function compareVerdicts(left: Placed, right: Placed): number {
  return (
    compareText(left.check, right.check) ||
    compareText(left.registry, right.registry) ||
    compareText(left.recordKey, right.recordKey) ||
    left.part - right.part ||
    compareText(counterpartKey(left), counterpartKey(right))
  );
}

function counterpartKey({ counterpart }: Placed): string {
  return counterpart === null ? '' : `${counterpart.registry}/${counterpart.recordKey}`;
}

/** By UTF-16 code units, the same on every machine. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
