/** Something a test needs from outside: it is there, or there is a reason why it is not. */
export type Availability<T> =
  { readonly available: true; readonly value: T } | { readonly available: false; readonly reason: string };

/** With `CI=true` what a test needs has to be there: `.ci/run` leaves nothing out. */
export const isRequired = (environment: NodeJS.ProcessEnv = process.env): boolean => environment['CI'] === 'true';

/**
 * Finds the first way that works. Where there is none, the reasons of all of them are the reason; with `CI=true` that is
 * an error.
 */
export async function firstOf<T>(
  what: string,
  ways: readonly { readonly name: string; readonly find: () => Promise<Availability<T>> }[],
): Promise<Availability<T>> {
  const reasons: string[] = [];
  for (const { name, find } of ways) {
    const found = await find().catch((error: unknown) => ({ available: false as const, reason: String(error) }));
    if (found.available) return found;
    reasons.push(`${name}: ${found.reason}`);
  }
  const reason = `no ${what} (${reasons.join('; ')})`;
  if (isRequired()) throw new Error(`CI=true needs ${what}, and there is ${reason}`);
  process.stderr.write(`Left out: the tests that need ${what}: ${reason}\n`);
  return { available: false, reason };
}
