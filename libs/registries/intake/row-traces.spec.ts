import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { publishing } from '#libs/event-store/publishing';
import { recordSpans, traceparentFor, type RecordedSpans } from '#libs/telemetry/testing';
import { findDefinition } from '../definitions/index.ts';
import { aResident, openIntakeBench, type IntakeBench } from './intake-fixtures.ts';
import type { IntakeSource, Row } from './row.ts';
import { takeRecords } from './take-records.ts';

const FILE: IntakeSource = { kind: 'file', fileName: 'residents.jsonl' };
const IDS = ['001080000001', '001080000002', '001080000003'];
const isRecord = ({ stream }: { readonly stream: string }): boolean => stream.startsWith('residents.resident-');

describe('a row that is taken in', () => {
  let bench: IntakeBench;
  let spans: RecordedSpans | undefined;
  beforeEach(async () => {
    bench = await openIntakeBench();
  });
  afterEach(async () => {
    await spans?.close();
    spans = undefined;
    await bench.close();
  });

  async function take(rows: readonly Row[], source: IntakeSource = FILE, traceparent?: string): Promise<void> {
    const definition = findDefinition('resident', 'residents');
    if (definition === undefined) throw new Error('there are no residents');
    const deps = { ...bench.deps, store: publishing(bench.deps.store, 'sqlite') };
    const options = { definition, source, ...(traceparent !== undefined && { traceparent }) };
    await takeRecords(deps, options, batch(rows));
  }
  const rows = (...traceparents: readonly (string | undefined)[]): readonly Row[] =>
    traceparents.map((traceparent, index) => ({
      line: index + 1,
      raw: aResident({ personalId: IDS[index] }),
      ...(traceparent !== undefined && { traceparent }),
    }));

  it('joins the trace that its source has begun, and its event goes on with it', async () => {
    spans = await recordSpans();
    const origin = traceparentFor(7);
    await take(rows(origin), { kind: 'feed' });
    const [row] = spans.named('process residents.resident');
    const [publication] = spans.named('publish khop.residents.resident-registered.v1');
    expect(row).toMatchObject({ parent: origin, attributes: { 'khop.intake.outcome': 'registered' } });
    expect(publication?.parent).toBe(row?.traceparent);
    expect((await bench.events()).find(isRecord)?.traceparent).toBe(publication?.traceparent);
  });

  it('of a file begins a trace of its own, linked to the import; the batch is linked to its rows', async () => {
    spans = await recordSpans();
    const request = traceparentFor(9);
    await take(rows(undefined, undefined, undefined), FILE, request);
    const seen = spans.named('process residents.resident');
    expect(seen.map(({ parent, links }) => [parent, links])).toEqual(IDS.map(() => [undefined, [request]]));
    expect(new Set(seen.map(({ traceparent }) => traceparent.slice(3, 35))).size).toBe(3);
    const [page] = spans.named('receive residents.resident');
    expect(page?.links).toEqual(seen.map(({ traceparent }) => traceparent));
  });

  it('that is not kept has a trace all the same, and no span', async () => {
    spans = await recordSpans(0);
    await take(rows(undefined));
    expect(spans.all()).toEqual([]);
    expect((await bench.events()).find(isRecord)?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('that goes into quarantine does so within its trace', async () => {
    spans = await recordSpans();
    await take([{ line: 1, raw: {} }]);
    const [row] = spans.named('process residents.resident');
    const [publication] = spans.named('publish khop.quarantine.record-quarantined.v1');
    expect(row?.attributes).toMatchObject({ 'khop.intake.outcome': 'quarantined' });
    expect(publication?.parent).toBe(row?.traceparent);
  });

  it('has no trace without tracing, other than one that it came with', async () => {
    await take(rows(undefined, traceparentFor(3)));
    const traces = (await bench.events()).filter(isRecord).map(({ traceparent }) => traceparent);
    expect(traces).toEqual([undefined, traceparentFor(3)]);
  });
});

async function* batch(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
