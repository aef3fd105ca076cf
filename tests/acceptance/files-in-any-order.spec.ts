import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SeededRecord } from '#seeds';
import { MismatchCleared, MismatchFlagged } from '#contracts/events';
import {
  aProvince,
  importInto,
  logOf,
  openWorkshop,
  rowsOf,
  verdictsOf,
  writeRecords,
  type FileFormat,
} from '#tests/support';

type Row = Record<string, unknown>;

/** Some rows of one record type, on their way into a file of their own. */
interface Part {
  readonly record: SeededRecord;
  readonly rows: readonly Row[];
  readonly format: FileFormat;
}

const RECORDS: readonly SeededRecord[] = ['enterprise', 'taxpayer', 'birth', 'death', 'marriage', 'resident'];
const RESIDENTS = 80;
const FORMATS: readonly FileFormat[] = ['jsonl', 'csv', 'xlsx'];

describe('files in any order', () => {
  const workshop = openWorkshop();
  const rows = {} as Record<SeededRecord, readonly Row[]>;
  let verdicts: string;
  let runs = 0;

  beforeAll(async () => {
    const files = await aProvince(workshop.at('province'), RESIDENTS, 11);
    for (const record of RECORDS) rows[record] = [...rowsOf(files[record]), ...twinsOf(rowsOf(files[record]))];
    const dataDir = workshop.at('in-order');
    const paths = await writeAll(
      dataDir,
      RECORDS.map((record) => ({ record, rows: rows[record], format: 'jsonl' as const })).filter(
        ({ rows: some }) => some.length > 0,
      ),
    );
    await importInto(dataDir, ...paths);
    verdicts = await verdictsOf(dataDir);
  }, 60_000);
  afterAll(() => workshop.remove());

  async function writeAll(dataDir: string, parts: readonly Part[]): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const [index, { record, rows: some, format }] of parts.entries()) {
      const path = `${dataDir}-${index}.${record}.${format}`;
      await writeRecords(path, format, some);
      paths.push(path);
    }
    return paths;
  }

  it('enterprises before residents leave no false flag in the history', async () => {
    const events = await logOf(workshop.at('in-order'));
    const of = (type: string): readonly string[] =>
      events.filter((event) => event.type === type).map(({ stream }) => stream);
    const mismatched = verdicts.split('\n').filter((line) => line.includes('"MISMATCHED"'));
    expect(mismatched.length).toBeGreaterThan(5);
    expect(of(MismatchCleared.type)).toEqual([]);
    expect(of(MismatchFlagged.type)).toHaveLength(mismatched.length);
  });

  it('records in any order, and split over many files of any format, give the same verdicts', async () => {
    const records = fc
      .tuple(...RECORDS.map((record) => partsOf(record, [...rows[record], ...olderVersionsOf(rows[record])])))
      .chain((parts) => fc.shuffledSubarray(parts.flat(), { minLength: parts.flat().length }));

    await fc.assert(
      fc.asyncProperty(records, fc.boolean(), async (parts, oneByOne) => {
        const dataDir = workshop.at(`run-${++runs}`);
        const paths = await writeAll(dataDir, parts);
        // In one import, or the last file in another: then the hub has judged what it had by then.
        const cut = oneByOne ? -1 : paths.length;
        const outcomes = [
          ...(await importInto(dataDir, ...paths.slice(0, cut))),
          ...(cut < 0 ? await importInto(dataDir, ...paths.slice(cut)) : []),
        ];
        expect(outcomes.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
        expect(await verdictsOf(dataDir)).toBe(verdicts);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);
});

/** The rows of one record type in any order, split over up to three files of any format. */
function partsOf(record: SeededRecord, rows: readonly Row[]): fc.Arbitrary<readonly Part[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...rows], { minLength: rows.length }),
      fc.array(fc.constantFrom(...FORMATS), { minLength: 1, maxLength: 3 }),
      fc.infiniteStream(fc.nat({ max: 2 })),
    )
    .map(([order, formats, places]) => {
      const files = formats.map((): Row[] => []);
      for (const row of order) {
        const place = (places.next().value ?? 0) % formats.length;
        files[place]?.push(row);
      }
      return files.flatMap((some, index) => {
        // Rows of one enterprise without a date of their own are one record in a table: here they are versions.
        const format = record === 'enterprise' ? 'jsonl' : (formats[index] ?? 'jsonl');
        return some.length === 0 ? [] : [{ record, rows: some, format }];
      });
    });
}

/** For each dated row an older dated and an undated version that say something else, and now and then a withdrawal. */
function olderVersionsOf(rows: readonly Row[]): Row[] {
  return rows.flatMap((row, index) => {
    if (typeof row['updatedAt'] !== 'string') return [];
    const before = { ...row, ...other(row), updatedAt: `20${10 + (index % 9)}-03-01T08:00:00+07:00` };
    const { updatedAt: _, ...undated } = { ...row, ...other(row) };
    if (index % 3 === 0) return [before];
    if (index % 3 === 1) return [{ ...before, withdrawn: true }, undated];
    return [];
  });
}

/** For some dated rows one of the same moment, written in another zone, that says something else: one of the two wins. */
function twinsOf(rows: readonly Row[]): Row[] {
  return rows.flatMap((row, index) => {
    const { updatedAt } = row;
    if (typeof updatedAt !== 'string' || index % 10 !== 4) return [];
    return [{ ...row, ...other(row), updatedAt: new Date(updatedAt).toISOString() }];
  });
}

/** Another name for whoever the row is about. */
function other(row: Row): Row {
  const renamed = (person: unknown): Row => ({ ...(person as Row), fullName: 'Lê Thị Khác' });
  if ('personalId' in row) return { fullName: 'Lê Thị Khác' };
  if ('representatives' in row) return { representatives: (row['representatives'] as Row[]).map(renamed) };
  for (const who of ['child', 'deceased', 'wife']) if (who in row) return { [who]: renamed(row[who]) };
  return { name: 'CÔNG TY TNHH TÊN KHÁC' };
}
