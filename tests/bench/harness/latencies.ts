/** Times in milliseconds, for what most and nearly all of them are. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function latenciesOf(milliseconds: readonly number[]): Latencies {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}

/**
 * Starts `work` so many times a second, whatever becomes of those before: a slow answer does not slow the questions down.
 * Ends after `seconds`, or when `until` says so, and resolves when all have ended.
 */
export async function atRate(
  perSecond: number,
  until: (elapsedSeconds: number) => boolean,
  work: (number: number, dueAt: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  const running: Promise<void>[] = [];
  for (let number = 0; ; number += 1) {
    const dueAt = startedAt + (number * 1000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (until((performance.now() - startedAt) / 1000)) break;
    running.push(work(number, dueAt));
  }
  await Promise.all(running);
}
