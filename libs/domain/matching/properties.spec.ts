import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHECKS, CODES } from '#contracts/verdicts';
import type { Resident } from '#contracts/records';
import {
  candidateKeysOf,
  compareCompanyNames,
  compareDates,
  compareNames,
  comparePlaces,
  duplicateKeysOf,
  identifiersOf,
  judge,
  judgeDuplicate,
  lookupOf,
  partsOf,
  scoreCandidate,
  type Comparison,
} from './index.ts';
import {
  birth,
  enterprise,
  individual,
  marriage,
  person,
  recordOf,
  resident,
  rules,
  taxpayer,
  units,
} from './testing/samples.ts';

const runs = { numRuns: 150 };
const syllable = fc.constantFrom(
  'Đặng',
  'ĐẶNG',
  'Hoà',
  'Hòa',
  'Hoa',
  'An',
  'Lý',
  'Lí',
  'CTY',
  'TNHH',
  ' ',
  '\u00a0',
  'Ð',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(syllable, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')),
);
const date = fc.oneof(text, fc.constantFrom('1980', '1980-05', '1980-05-12', '1980-12-05', '1980-01-01'));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const place = fc.record(
  {
    wardCode: fc.oneof(text, fc.constantFrom('00004', '00013', '00016', '00008')),
    wardName: fc.oneof(text, fc.constantFrom('Phường Ba Đình', 'Phường Ngọc Hà')),
    provinceCode: fc.oneof(text, fc.constantFrom('01', '02', '08')),
    provinceName: fc.oneof(text, fc.constantFrom('Hà Nội', 'Hà Giang')),
  },
  { requiredKeys: [] },
);
const anyone = fc.record(
  { fullName: text, dateOfBirth: date, nationality: text, documentNumber: fc.oneof(text, fc.constant('001080012345')) },
  { requiredKeys: [] },
);

const mirrored = ({ verdict, why }: Comparison): Comparison => {
  if (verdict === 'MISSING_LEFT') return { verdict: 'MISSING_RIGHT' };
  if (verdict === 'MISSING_RIGHT') return { verdict: 'MISSING_LEFT' };
  return why === undefined ? { verdict } : { verdict, why };
};

describe('comparisons', () => {
  it.each([
    ['names', compareNames],
    ['company names', compareCompanyNames],
  ])('%s: symmetric, never throw, equal to themselves', (_, compare) => {
    fc.assert(
      fc.property(maybe(text), maybe(text), (left, right) => {
        expect(compare(left, right)).toEqual(mirrored(compare(right, left)));
        expect(compare(left, left)).toEqual({ verdict: 'EQUAL' });
      }),
      runs,
    );
  });

  it('dates: symmetric, never throw', () => {
    fc.assert(
      fc.property(maybe(date), maybe(date), (left, right) => {
        expect(compareDates(left, right)).toEqual(mirrored(compareDates(right, left)));
      }),
      runs,
    );
  });

  it('places: symmetric, never throw', () => {
    fc.assert(
      fc.property(maybe(place), maybe(place), (left, right) => {
        expect(comparePlaces(left, right, units)).toEqual(mirrored(comparePlaces(right, left, units)));
      }),
      runs,
    );
  });
});

describe('judge', () => {
  const records = [
    fc.tuple(anyone, place).map(([one, headOffice]) => enterprise({ representatives: [one], headOffice })),
    fc.tuple(anyone, text).map(([representative, taxCode]) => individual({ representative, taxCode })),
    fc.tuple(text, place).map(([enterpriseCode, address]) => taxpayer({ enterpriseCode, address })),
    anyone.map((one) => birth(one, { mother: one })),
    fc.tuple(anyone, anyone).map(([husband, wife]) => marriage({ husband, wife })),
  ];
  const right = fc.oneof(
    fc.constant(null),
    anyone.map(({ fullName, dateOfBirth }) =>
      resident({ ...(fullName && { fullName }), ...(dateOfBirth && { dateOfBirth }), spouse: {} }),
    ),
    fc.tuple(text, place).map(([name, address]) => taxpayer({ name, address })),
  );
  const found = fc.constantFrom(
    { kind: 'found', by: 'PERSONAL_ID' } as const,
    { kind: 'found', by: 'CMND9' } as const,
    { kind: 'not-found' } as const,
    { kind: 'ambiguous' } as const,
    { kind: 'lookup', why: 'no-id' } as const,
    { kind: 'lookup', why: 'not-applicable' } as const,
  );

  it('never throws; codes stand in the order of their table, beside MISMATCHED alone; values keep their number', () => {
    const sizes = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(...records), right, found, (left, counterpart, how) => {
        for (const check of CHECKS) {
          for (const part of partsOf(check, left)) {
            lookupOf(check, left, part);
            const judgement = judge({
              check,
              record: recordOf(left),
              left,
              part,
              right: counterpart,
              found: how,
              rules,
              units,
            });
            const places = judgement.codes.map((code) => CODES.indexOf(code));
            expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
            expect(judgement.codes.length > 0).toBe(judgement.outcome === 'MISMATCHED');
            const size = sizes.get(check) ?? judgement.values.length;
            sizes.set(check, size);
            expect(judgement.values).toHaveLength(size);
          }
        }
      }),
      runs,
    );
  });

  it('is a function of its input', () => {
    const left = birth({ fullName: 'Đặng Hòa Anh' });
    const [part] = partsOf('birth', left);
    if (part === undefined) throw new Error('a birth has a part');
    const input = {
      check: 'birth',
      record: 'birth',
      left,
      part,
      right: resident(),
      found: { kind: 'not-found' },
      rules,
      units,
    } as const;
    expect(judge({ ...input, left: structuredClone(left) })).toEqual(judge(input));
  });
});

describe('pairs of residents', () => {
  const someone: fc.Arbitrary<Resident> = fc
    .record({
      fullName: text,
      mother: syllable,
      father: syllable,
      gender: fc.constantFrom('MALE' as const, 'FEMALE' as const),
    })
    .map(({ mother, father, ...rest }) =>
      resident({ ...rest, mother: { fullName: mother }, father: { fullName: father } }),
    );

  it('are suspected exactly when a key is shared, either way round', () => {
    fc.assert(
      fc.property(someone, someone, (left, right) => {
        const keys = duplicateKeysOf(left);
        const shared = duplicateKeysOf(right).some((key) => keys.includes(key));
        expect(judgeDuplicate(left, right, rules, units) !== null).toBe(shared);
        expect(judgeDuplicate(right, left, rules, units) !== null).toBe(shared);
      }),
      runs,
    );
  });
});

it('look-ups, keys and scores never throw, and scores stay between 0 and 1', () => {
  fc.assert(
    fc.property(anyone, text, (one, value) => {
      candidateKeysOf(one);
      const formerIds = [{ type: 'CMND9' as const, value }];
      identifiersOf('resident', resident({ personalId: value, formerIds }));
      duplicateKeysOf(resident({ fullName: value, formerIds }));
      const { score } = scoreCandidate(one, resident({ fullName: value }));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(() => scoreCandidate(person(), resident({ dateOfBirth: value }))).not.toThrow();
    }),
    runs,
  );
});
