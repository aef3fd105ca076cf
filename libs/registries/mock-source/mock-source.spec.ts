import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSourceClient, SourceRefusedError, SourceUnavailableError, type SourceClient } from '../source/index.ts';
import { openMockSource, readJsonl, REFUSALS, type MockSource, type SourceSettings } from './index.ts';

const keyOf = (_record: string, content: unknown): string | undefined =>
  typeof content === 'object' && content !== null && 'taxCode' in content ? String(content.taxCode) : undefined;

const directory = mkdtempSync(join(tmpdir(), 'khop-source-'));
const taxpayer = (number: number, name = `Hộ kinh doanh ${number}`) => ({ taxCode: String(number), name });
const NOW = Date.parse('2026-11-22T08:00:00Z');

let source: MockSource;
let client: SourceClient;

async function open(settings: Partial<SourceSettings> = {}, file = ':memory:', seed = 1): Promise<string> {
  source = openMockSource({ recordTypes: ['taxpayer'], file, keyOf, settings, seed, clock: () => NOW });
  const baseUrl = await source.listen();
  client = createSourceClient({ baseUrl, timeoutSeconds: 2 });
  return baseUrl;
}

afterEach(() => source.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the change feed of a source', () => {
  it('gives every change in order, page by page', async () => {
    await open();
    await source.load('taxpayer', [[taxpayer(1), taxpayer(2)], [taxpayer(3)]]);
    const first = await client.changes('taxpayer', { limit: 2 });
    expect(first.changes.map((change) => change.content)).toEqual([taxpayer(1), taxpayer(2)]);
    expect(first).toMatchObject({ more: true, remaining: 1 });
    const second = await client.changes('taxpayer', { since: first.next, limit: 2 });
    expect(second.changes.map((change) => change.content)).toEqual([taxpayer(3)]);
    expect(second.more).toBe(false);
    expect((second.next ?? '') > (first.next ?? '')).toBe(true);
    expect(await client.changes('taxpayer', { since: second.next, limit: 2 })).toEqual({
      changes: [],
      next: second.next,
      more: false,
      remaining: 0,
    });
  });

  it('has no change for a record that is put with the same content, and one more for another content', async () => {
    await open();
    expect(await source.load('taxpayer', [[taxpayer(1), taxpayer(1)]])).toBe(1);
    expect(source.put('taxpayer', taxpayer(1, 'Tên mới'))).toBeDefined();
    expect(source.put('taxpayer', { taxCode: '1', withdrawn: true })).toBeDefined();
    expect(await client.counts()).toEqual({ records: { taxpayer: { records: 1, withdrawn: 1, changes: 3 } } });
  });

  it('keeps a record without a usable key as a record of its own', async () => {
    await open();
    await source.load('taxpayer', [[{ name: 'a' }, { name: 'a' }, taxpayer(1)]]);
    expect(source.counts().records['taxpayer']).toMatchObject({ records: 3 });
  });

  it('answers a request that waits as soon as something changes', async () => {
    await open();
    const waiting = client.changes('taxpayer', { limit: 10, waitSeconds: 20 });
    setTimeout(() => source.put('taxpayer', taxpayer(1)), 30);
    expect((await waiting).changes).toHaveLength(1);
    expect((await client.changes('taxpayer', { since: '000000000001', limit: 1, waitSeconds: 0.05 })).changes).toEqual(
      [],
    );
  });

  it('refuses a record type that it does not keep, a cursor that it never gave and a page that is too large', async () => {
    await open();
    await expect(client.changes('resident', { limit: 1 })).rejects.toBeInstanceOf(SourceRefusedError);
    await expect(client.changes('taxpayer', { since: 'x', limit: 1 })).rejects.toMatchObject({ status: 400 });
    await expect(client.changes('taxpayer', { limit: 5001 })).rejects.toMatchObject({ status: 400 });
  });

  it('looks a record up by its key', async () => {
    await open();
    source.put('taxpayer', taxpayer(7));
    expect(await client.lookUp('taxpayer', '7')).toMatchObject({ key: '7', content: taxpayer(7) });
    expect(await client.lookUp('taxpayer', '8')).toBeUndefined();
  });

  it('goes on where it was after a restart', async () => {
    const file = join(directory, 'restart', 'tax-office.sqlite');
    await open({}, file);
    expect(source.isLoaded('taxpayer')).toBe(false);
    await source.load('taxpayer', [[taxpayer(1)]]);
    await source.close();
    await open({}, file);
    expect(source.isLoaded('taxpayer')).toBe(true);
    source.put('taxpayer', taxpayer(2));
    expect((await client.changes('taxpayer', { limit: 10 })).changes).toHaveLength(2);
    expect(source.counts().records['taxpayer']).toEqual({ records: 2, withdrawn: 0, changes: 2 });
  });

  it('loads 35,000 records of a JSONL file within two seconds of work', async () => {
    await open({}, join(directory, 'speed.sqlite'));
    const file = join(directory, 'taxpayers.jsonl');
    const address = { detail: '12 Lê Lợi', wardCode: '19999', wardName: 'Phường Thuận Hòa', provinceCode: '46' };
    const line = (number: number): string => JSON.stringify({ ...taxpayer(number), address, representative: address });
    writeFileSync(file, Array.from({ length: 35_000 }, (_, number) => line(number)).join('\n'));
    const before = process.cpuUsage();
    expect(await source.load('taxpayer', readJsonl(file))).toBe(35_000);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});

describe('a source that works badly', () => {
  it('fails about as often as it was told to, with 503s and lost connections, and never its owner', async () => {
    const baseUrl = await open();
    source.set({ failureRate: 0.5 });
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => client.counts()));
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(failures.length).toBeGreaterThan(15);
    expect(failures.length).toBeLessThan(45);
    expect(failures.every((error) => error instanceof SourceUnavailableError)).toBe(true);
    expect(new Set(failures.map((error) => error.message)).size).toBe(2);
    const response = await fetch(`${baseUrl}/admin/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ failureRate: 0, latencyMilliseconds: 40 }),
    });
    expect(await response.json()).toMatchObject({ failureRate: 0, latencyMilliseconds: 40 });
    const started = performance.now();
    await client.counts();
    expect(performance.now() - started).toBeGreaterThan(35);
  });

  it('may do what was asked and lose the answer: asking again is answered as the first time', async () => {
    const baseUrl = await open({ failureRate: 1 }, ':memory:', 3);
    const order = { requestId: 'r1', record: 'taxpayer', key: '1', fields: ['name'] };
    await Promise.allSettled(Array.from({ length: 20 }, () => client.requestCorrection(order)));
    source.set({ failureRate: 0 });
    const again = await fetch(new URL('/corrections/r1', baseUrl));
    expect(await again.json()).toEqual({ requestId: 'r1', state: 'received' });
  });
});

describe('the officer', () => {
  const quick = { delayMilliseconds: 0 };
  const order = { requestId: 'r1', record: 'taxpayer', key: '1', fields: ['name'], proposed: { name: 'Tên đúng' } };

  it('applies a request as a new version of the record, dated now', async () => {
    await open({ ...quick, applyRate: 1, refuseRate: 0 });
    source.put('taxpayer', taxpayer(1));
    expect(await client.requestCorrection(order)).toEqual({ requestId: 'r1', state: 'received' });
    const page = await client.changes('taxpayer', { since: '000000000001', limit: 10, waitSeconds: 2 });
    expect(page.changes[0]?.content).toEqual({
      taxCode: '1',
      name: 'Tên đúng',
      updatedAt: '2026-11-22T08:00:00.000Z',
    });
    expect((await client.decisions({ limit: 10 })).decisions).toEqual([
      { cursor: '000000000001', requestId: 'r1', state: 'applied' },
    ]);
  });

  it('dates the correction after a version that lies ahead of its clock', async () => {
    await open({ ...quick, applyRate: 1, refuseRate: 0 });
    source.put('taxpayer', { ...taxpayer(1), updatedAt: '2026-11-22T09:00:00+00:00' });
    await client.requestCorrection(order);
    await client.decisions({ limit: 1, waitSeconds: 2 });
    expect((await client.lookUp('taxpayer', '1'))?.content).toMatchObject({ updatedAt: '2026-11-22T09:00:00.001Z' });
  });

  it('does once what is asked twice, and refuses an id that was used for something else', async () => {
    await open({ ...quick, applyRate: 1, refuseRate: 0 });
    source.put('taxpayer', taxpayer(1));
    await client.requestCorrection(order);
    await client.decisions({ limit: 1, waitSeconds: 2 });
    expect(await client.requestCorrection(order)).toEqual({ requestId: 'r1', state: 'applied' });
    expect(source.counts().records['taxpayer']?.changes).toBe(2);
    await expect(client.requestCorrection({ ...order, key: '2' })).rejects.toMatchObject({ status: 409 });
  });

  it.each([
    ['a value that the original file confirms', 0, order, REFUSALS.disagrees],
    ['a record that it does not know', 1, { ...order, key: '9' }, REFUSALS.unknownRecord],
    ['a record that was withdrawn', 1, { ...order, key: '2' }, REFUSALS.withdrawn],
    ['a request without a value', 1, { ...order, proposed: {} }, REFUSALS.nothingProposed],
    ['a value for a place that is not there', 1, { ...order, proposed: { 'name.x': 1 } }, REFUSALS.notApplicable],
    ['another key', 1, { ...order, proposed: { taxCode: '5' } }, REFUSALS.notApplicable],
    ['a prototype', 1, { ...order, proposed: { 'constructor.prototype.x': 1 } }, REFUSALS.notApplicable],
  ])('refuses %s, and says why', async (_what, applyRate, refused, reason) => {
    await open({ ...quick, applyRate, refuseRate: 1 - applyRate });
    await source.load('taxpayer', [[taxpayer(1), { taxCode: '2', withdrawn: true }]]);
    await client.requestCorrection(refused);
    const { decisions } = await client.decisions({ limit: 1, waitSeconds: 2 });
    expect(decisions).toMatchObject([{ state: 'refused', reason }]);
  });

  it('ignores some requests for ever', async () => {
    await open({ ...quick, applyRate: 0, refuseRate: 0 });
    source.put('taxpayer', taxpayer(1));
    await client.requestCorrection(order);
    expect((await client.decisions({ limit: 1, waitSeconds: 0.1 })).decisions).toEqual([]);
    expect(await client.requestCorrection(order)).toEqual({ requestId: 'r1', state: 'received' });
  });

  it('decides by seed and request id alone', async () => {
    const decide = async (requestIds: readonly string[]): Promise<Map<string, string>> => {
      await open({ ...quick, applyRate: 0.5, refuseRate: 0.5 }, ':memory:', 11);
      source.put('taxpayer', taxpayer(1));
      for (const requestId of requestIds) {
        await client.requestCorrection({ ...order, requestId, proposed: { name: `Tên ${requestId}` } });
      }
      const states = new Map<string, string>();
      for (let since: string | undefined; states.size < requestIds.length;) {
        const page = await client.decisions({ since, limit: 10, waitSeconds: 2 });
        for (const { requestId, state } of page.decisions) states.set(requestId, state);
        since = page.next;
      }
      return states;
    };
    const forwards = await decide(['a', 'b', 'c', 'd', 'e', 'f']);
    await source.close();
    const backwards = await decide(['f', 'e', 'd', 'c', 'b', 'a']);
    expect(Object.fromEntries(backwards)).toEqual(Object.fromEntries(forwards));
    expect(new Set(forwards.values()).size).toBe(2);
  });
});
