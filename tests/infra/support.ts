import type { ServicesScene } from '#tests/support/services';

/** With `KHOP_LONG_TESTS=true` everything has the size that is promised; without it, one that a developer can wait for. */
export const LONG = process.env['KHOP_LONG_TESTS'] === 'true';

/** Starts all services of a scene. */
export async function startServices({ services }: ServicesScene): Promise<void> {
  await Promise.all([...services.values()].map((service) => service.start()));
}

/** Ends all services as an operator would, and answers their exit codes. */
export async function endServices({ services }: ServicesScene): Promise<ReadonlyMap<string, number | null>> {
  const ended = [...services.values()].map(async (service) => [service.name, await service.end('SIGTERM')] as const);
  return new Map(await Promise.all(ended));
}

/** A whole number from the environment. */
export function numberFrom(variable: string, fallback: number): number {
  const value = Number(process.env[variable] ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${variable} must be a whole number`);
  return value;
}

/** Numbers in [0, 1), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
