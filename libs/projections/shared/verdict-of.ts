import { CHECKS, OUTCOMES, type Verdict } from '#contracts/verdicts';
import type { RecordedEvent } from '#libs/event-store/port';

const checks: ReadonlySet<unknown> = new Set(CHECKS);
const outcomes: ReadonlySet<unknown> = new Set(OUTCOMES);

function isVerdict(data: unknown): data is Verdict {
  if (typeof data !== 'object' || data === null) return false;
  const { check, outcome, codes, findings, left, right, rules } = data as Partial<Record<keyof Verdict, unknown>>;
  return (
    checks.has(check) &&
    outcomes.has(outcome) &&
    Array.isArray(codes) &&
    Array.isArray(findings) &&
    isReference(left) &&
    (right === null || isReference(right)) &&
    typeof rules === 'string'
  );
}

function isReference(ref: unknown): boolean {
  return typeof ref === 'object' && ref !== null && 'stream' in ref && typeof ref.stream === 'string';
}

/** The verdict that an event holds. Throws when it holds none. */
export function verdictOf({ data }: RecordedEvent): Verdict {
  const found: unknown = data;
  if (!isVerdict(found)) throw new TypeError('a verdict event does not hold a verdict');
  return found;
}
