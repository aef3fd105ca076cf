import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { IndexStatements } from './index-statements.ts';
import { KeyedNumbers } from './keyed-numbers.ts';

type Step =
  | { readonly kind: 'add' | 'remove'; readonly key: number; readonly number: number }
  | { readonly kind: 'load'; readonly keys: readonly number[] }
  | { readonly kind: 'page' };

const key = fc.integer({ min: 0, max: 11 });
const number = fc.integer({ min: 0, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), key, number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), key, number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('load' as const), keys: fc.array(key, { maxLength: 12 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'page' as const }) },
);

describe('keys and numbers of the index', () => {
  it('are seen as if each was written at once, whatever is looked up ahead', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const database = new DatabaseSync(':memory:');
        database.exec('CREATE TABLE t (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID');
        const numbers = new KeyedNumbers(new IndexStatements(database), 't', 3);
        const model = new Map<number, Set<number>>();
        const held = (of: number): readonly number[] => [...(model.get(of) ?? [])].sort((a, b) => a - b);
        for (const one of steps) {
          if (one.kind === 'load') numbers.load(one.keys);
          else if (one.kind === 'page') {
            numbers.write();
            numbers.forget();
          } else if (one.kind === 'add') {
            numbers.add(one.key, one.number);
            model.set(one.key, (model.get(one.key) ?? new Set()).add(one.number));
          } else {
            numbers.remove(one.key, one.number);
            model.get(one.key)?.delete(one.number);
          }
          for (let of = 0; of < 12; of += 1) {
            expect(numbers.find(of)).toEqual(held(of).slice(0, 3));
            expect(numbers.find(of, 5)).toEqual(held(of).slice(0, 5));
          }
        }
        database.close();
      }),
      { numRuns: 150 },
    );
  });
});
