import { randomBytes } from 'node:crypto';

const CHARACTERS = 22;
const DRAWN_AT_ONCE = 1_000;

/** 128 random bits each, drawn in bulk: one call of the random source costs as much as a hash. */
export function saltSource(): () => string {
  let drawn = '';
  let next = 0;
  return () => {
    if (next + CHARACTERS > drawn.length) {
      drawn = randomBytes(Math.ceil((CHARACTERS * DRAWN_AT_ONCE * 3) / 4)).toString('base64url');
      next = 0;
    }
    next += CHARACTERS;
    return drawn.slice(next - CHARACTERS, next);
  };
}
