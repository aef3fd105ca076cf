import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { definitionOf } from '../definitions/index.ts';
import { aResident, openIntakeBench, type IntakeBench } from './intake-fixtures.ts';
import { streamOf, takeRecords, type Row } from './index.ts';

const definition = definitionOf('resident');
let one: IntakeBench;
let other: IntakeBench;
beforeAll(async () => {
  one = await openIntakeBench();
  other = await openIntakeBench();
});
afterAll(async () => {
  await one.close();
  await other.close();
});

let people = 0;
const newKey = (): string => `0010800${String(++people).padStart(5, '0')}`;

async function* batches(...rows: readonly unknown[]): AsyncGenerator<readonly Row[]> {
  for (const [index, raw] of rows.entries()) yield [{ line: index + 1, raw }];
}

const take = (bench: IntakeBench, rows: readonly unknown[], batchSize: number) =>
  takeRecords(
    bench.deps,
    { definition, source: { kind: 'file', fileName: 'residents.jsonl' }, batchSize },
    batches(...rows),
  );

/** The content that a record ends with, and how many versions it has. */
async function endOf(bench: IntakeBench, key: string): Promise<{ current: unknown; versions: number }> {
  const events = await bench.deps.store.readStream(streamOf(definition, key, bench.deps.hash));
  const current = events.findLast((event) => event.data['late'] !== true)?.personal?.['content'];
  return { current, versions: events.length };
}

const version = fc.record({
  fullName: fc.constantFrom('Nguyễn Văn A', 'Nguyễn Văn B', 'Nguyễn Văn C'),
  updatedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T07:00:00+07:00', '2026-02-01T00:00:00Z'),
  withdrawn: fc.constantFrom(undefined, undefined, true),
});
const versions = fc.uniqueArray(version, { selector: (value) => JSON.stringify(value), minLength: 1, maxLength: 5 });

describe('versions of a record', () => {
  it('end the same in any order, over any number of files and batches', async () => {
    await fc.assert(
      fc.asyncProperty(versions, fc.infiniteStream(fc.nat(3)), fc.boolean(), async (given, numbers, undated) => {
        const all = undated ? [...given, { fullName: 'Nguyễn Văn Không Ngày' }] : given;
        const key = newKey();
        const rows = all.map((fields) => aResident({ ...fields, personalId: key }));
        await take(one, rows, 1000);

        const next = (): number => Number(numbers.next().value);
        const places = rows.map((row) => ({ row, place: next(), file: next() }));
        for (const file of [0, 1, 2, 3]) {
          const inFile = places.filter((item) => item.file === file).sort((a, b) => a.place - b.place);
          await take(
            other,
            [...inFile, ...inFile.slice(0, 1)].map(({ row }) => row),
            next() + 1,
          );
        }
        expect(await endOf(other, key)).toEqual(await endOf(one, key));
      }),
      { numRuns: 25 },
    );
  });

  it('end the same when several intakes take them at once', async () => {
    const key = newKey();
    const rows = Array.from({ length: 12 }, (_, month) =>
      aResident({ personalId: key, updatedAt: `2025-${String(month + 1).padStart(2, '0')}-01T00:00:00Z` }),
    );
    const reports = await Promise.all([take(one, rows, 1), take(one, [...rows].reverse(), 2), take(one, rows, 5)]);
    expect(await endOf(one, key)).toMatchObject({ current: { updatedAt: '2025-12-01T00:00:00Z' }, versions: 12 });
    expect(reports.reduce((sum, report) => sum + report.taken, 0)).toBe(12);
  });
});
