import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openKeyTable } from './key-table.ts';
import { openTextStore } from './text-store.ts';

describe('key table', () => {
  it('is a map, also of keys that fall on the same slot', () => {
    const key = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 1, maxLength: 1 }).map((last) => Uint8Array.of(...Array<number>(15).fill(1), ...last)),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat())), (entries) => {
        const table = openKeyTable();
        const map = new Map<string, number>();
        for (const [given, value] of entries) {
          const name = typeof given === 'string' ? `s${given}` : given.join();
          expect(table.set(given, value)).toBe(!map.has(name));
          map.set(name, value);
        }
        expect(table.size).toBe(map.size);
        for (const [given] of entries) {
          expect(table.get(given)).toBe(map.get(typeof given === 'string' ? `s${given}` : given.join()));
        }
        expect(table.get(new Uint8Array(16).fill(255))).toBe(map.get(new Uint8Array(16).fill(255).join()));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what it has when it grows', () => {
    const table = openKeyTable();
    const keys = Array.from({ length: 20_000 }, (_, index) => {
      const key = Buffer.alloc(16);
      key.writeUInt32LE(index * 7, 0);
      return key;
    });
    for (const [index, key] of keys.entries()) table.set(key, index);
    expect(keys.every((key, index) => table.get(key) === index)).toBe(true);
  });
});

describe('text store', () => {
  it('gives back every text by its number', () => {
    const store = openTextStore();
    const texts = Array.from({ length: 80_000 }, (_, index) =>
      index % 3 === 0 ? `khóa ${index}` : 'x'.repeat(index % 40),
    );
    const numbers = texts.map((text) => store.add(text));
    expect(numbers.every((number, index) => store.get(number) === texts[index])).toBe(true);
  });
});
