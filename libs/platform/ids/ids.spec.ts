import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { derivedId } from './event-id.ts';
import { createKeyedHash } from './keyed-hash.ts';
import { shortHash } from './short-hash.ts';

describe('keyed hash', () => {
  const hash = createKeyedHash(new Uint8Array(32).fill(7));

  it('differs under another secret', () => {
    const other = createKeyedHash(new Uint8Array(32).fill(8));
    expect(hash('residents', '001080012345')).not.toBe(other('residents', '001080012345'));
  });

  it('keeps parts apart', () => {
    expect(hash('ab', 'c')).not.toBe(hash('a', 'bc'));
    expect(hash('ab')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('short hash', () => {
  it('is a whole number of 52 bits, and tells very many like texts apart', () => {
    const hashes = Array.from({ length: 100_000 }, (_, index) => shortHash(`cmnd9:${index}`));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 52)).toBe(true);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = JSON.parse(canonicalJson(value));
        expect(copy).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(copy)).toBe(canonicalJson(value));
      }),
      { numRuns: 100 },
    );
    expect(canonicalJson({ b: 1, a: undefined, c: { z: 1, y: [2] } })).toBe('{"b":1,"c":{"y":[2],"z":1}}');
  });
});

describe('derived id', () => {
  it('is the same for the same causes', () => {
    expect(derivedId('event', 'check', 3)).toBe(derivedId('event', 'check', 3));
    expect(derivedId('event', 'check', 3)).not.toBe(derivedId('event', 'check', 4));
  });
});
