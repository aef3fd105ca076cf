import type { Registry } from 'prom-client';
import type { Verdict } from '#contracts/verdicts';
import { METRICS } from '#libs/platform/metrics';

/** Counts verdicts by check, outcome and each of their codes. */
export function countVerdicts(registry: Registry): (verdict: Verdict) => void {
  const verdicts = METRICS.verdicts.register(registry);
  return ({ check, outcome, codes }) => {
    for (const code of codes.length === 0 ? [''] : codes) verdicts.inc({ check, outcome, code });
  };
}
