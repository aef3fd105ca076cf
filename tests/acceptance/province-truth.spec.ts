import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDirectory, ownData, type DataDirectory, type OwnedData } from '#apps/hub';
import { MismatchFlagged } from '#contracts/events';
import type { RecordType } from '#contracts/records';
import { loadWardsCsv } from '#contracts/rules';
import { CODES, type VerdictLine } from '#contracts/verdicts';
import { exportVerdicts, openViewReader, verdictsProjection } from '#libs/projections';
import { definitionOf, takeRecords, type Row } from '#libs/registries';
import { compareVerdicts, generateProvince, type VerdictTruth } from '#seeds';
import { startLinking } from '../../apps/hub/parts/linking.ts';
import { startViewing } from '#libs/viewing';

const RESIDENTS = 20_000;
const SEED = 7;
const VIEWS_MILLISECONDS = 60_000;
/** Differences that a failed comparison names. */
const MOST_NAMED = 10;

type Said = Omit<VerdictLine, 'rules' | 'candidates'>;

describe('a generated province', () => {
  let directory: DataDirectory;
  let owned: OwnedData;
  const truth: VerdictTruth[] = [];
  const verdicts: Said[] = [];

  beforeAll(async () => {
    directory = dataDirectory(await mkdtemp(join(tmpdir(), 'khop-province-')));
    owned = await ownData(directory);
    for (const [record, rows] of generate(truth)) await takeIn(owned, record, rows);
    await judgeEverything(directory, owned);
    await foldEverything(directory, owned);
    const view = openViewReader(directory.views, verdictsProjection);
    for await (const line of exportVerdicts({ view, store: owned.store, hash: owned.hash })) verdicts.push(said(line));
    view.close();
  }, 120_000);

  afterAll(async () => {
    await owned.close();
    await rm(directory.path, { recursive: true, force: true });
  });

  it('gets the verdicts that its truth states, each planted error with its codes, and no other', () => {
    const expected = truth.map(said).sort(compareVerdicts);
    expect(differences(expected, verdicts)).toEqual([]);
    expect(verdicts).toHaveLength(expected.length);
  });

  it('has mismatches of every code', () => {
    expect(new Set(truth.flatMap(({ codes }) => codes))).toEqual(new Set(CODES));
  });

  it('has the lines in the order of the export', () => {
    expect(verdicts.toSorted(compareVerdicts)).toEqual(verdicts);
  });

  it('leaves no flag in the history that was false', async () => {
    let flags = 0;
    for (let after = 0; ;) {
      const page = await owned.store.readAll({ after, filter: { types: [MismatchFlagged.type] } });
      flags += page.events.length;
      after = page.position;
      if (page.end) break;
    }
    expect(flags).toBe(truth.filter(({ outcome }) => outcome === 'MISMATCHED').length);
  });
});

/** The records of a province by type; what its checks must say goes into `truth`. */
function generate(truth: VerdictTruth[]): ReadonlyMap<RecordType, readonly Row[]> {
  const rows = new Map<RecordType, Row[]>();
  for (const item of generateProvince({ residents: RESIDENTS, seed: SEED, wardsCsv: loadWardsCsv() })) {
    if (item.kind === 'truth') truth.push(item.line);
    else {
      const ofType = rows.get(item.record) ?? [];
      rows.set(item.record, ofType);
      ofType.push({ line: ofType.length + 1, raw: item.content });
    }
  }
  return rows;
}

async function takeIn(owned: OwnedData, record: RecordType, rows: readonly Row[]): Promise<void> {
  async function* allRows(): AsyncGenerator<readonly Row[]> {
    yield rows;
  }
  const source = { kind: 'file', fileName: `${record}.jsonl` } as const;
  const report = await takeRecords(owned, { definition: definitionOf(record), source }, allRows());
  expect(report).toMatchObject({ taken: rows.length, quarantined: 0 });
}

async function judgeEverything(directory: DataDirectory, { store }: OwnedData): Promise<void> {
  const head = await store.head();
  const judged = Promise.withResolvers<undefined>();
  const linking = await startLinking(directory, ({ position, caughtUp }) => {
    if (caughtUp && position >= head) judged.resolve(undefined);
  });
  await Promise.race([judged.promise, linking.finished]);
  expect(await linking.bus.deadLetters()).toEqual([]);
  await linking.close();
}

async function foldEverything(directory: DataDirectory, { store }: OwnedData): Promise<void> {
  const viewing = await startViewing(directory);
  expect(await viewing.projections.caughtUpTo(await store.head(), VIEWS_MILLISECONDS)).toBe(true);
  await viewing.close();
}

const said = ({ check, registry, recordKey, part, counterpart, outcome, codes, fields }: Said): Said => ({
  check,
  registry,
  recordKey,
  part,
  counterpart,
  outcome,
  codes,
  fields,
});

/** The first lines that only one side has, as text: what is expected with a minus, what is there with a plus. */
function differences(expected: readonly Said[], actual: readonly Said[]): readonly string[] {
  const expectedLines = new Set(expected.map((line) => JSON.stringify(line)));
  const actualLines = new Set(actual.map((line) => JSON.stringify(line)));
  const missing = [...expectedLines].filter((line) => !actualLines.has(line)).map((line) => `- ${line}`);
  const surplus = [...actualLines].filter((line) => !expectedLines.has(line)).map((line) => `+ ${line}`);
  return [...missing, ...surplus].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)).slice(0, MOST_NAMED);
}
