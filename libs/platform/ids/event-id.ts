import { hash, randomUUID } from 'node:crypto';

/** A new random id, for what starts with a person or a clock. Ids enter the domain with the command. */
export const newId = (): string => randomUUID();

/**
 * The id of an event that follows from others: the same causes give the same id, so that a retry is recognised.
 * 32 hex digits of a SHA-256; the parts must hold nothing personal (hash them with the hub's key first).
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, 32);
}
