import { hash } from 'node:crypto';

/** A number in [0, 1) that the parts alone decide: the same seed and subject always give the same. */
export function chance(seed: number, subject: string): number {
  return Number.parseInt(hash('sha256', `${seed} ${subject}`, 'hex').slice(0, 12), 16) / 2 ** 48;
}

/** A repeatable sequence of numbers in [0, 1). */
export function createRandom(seed: number): () => number {
  let draws = 0;
  return () => chance(seed, `draw ${draws++}`);
}
