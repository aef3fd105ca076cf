import type { ExpectedState } from '../port/index.ts';

const UNPRINTABLE = /[\u0000-\u001f\u007f]/u; // eslint-disable-line no-control-regex -- these are what is refused
const MAX_NAME_LENGTH = 500;

/** Throws `TypeError` for a name of a stream, a type or an event that no log can hold. */
export function checkName(what: string, name: string): void {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH || UNPRINTABLE.test(name) || !name.isWellFormed()) {
    throw new TypeError(`A name (${what}) has 1 to ${MAX_NAME_LENGTH} printable characters.`);
  }
}

/** Throws `TypeError` for what can't be an expected version. */
export function checkExpected(expected: ExpectedState): void {
  if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < -1)) {
    throw new TypeError('An expected version is a whole number from -1 up.');
  }
}
