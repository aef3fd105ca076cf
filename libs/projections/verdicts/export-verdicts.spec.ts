import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reconciliationStream, recordStream } from '#contracts/events';
import type { Check, Verdict, VerdictLine } from '#contracts/verdicts';
import { createKeyedHash } from '#libs/platform';
import {
  event,
  hashOf,
  mismatch,
  openHarness,
  recordEvent,
  verdict,
  verdictEvent,
  type ViewHarness,
} from '../testing/index.ts';
import { candidatesProjection } from '../candidates/index.ts';
import { openViewReader } from '../engine/index.ts';
import { exportVerdicts } from './export-verdicts.ts';
import { verdictsProjection } from './verdicts.projection.ts';

const hash = createKeyedHash(new Uint8Array(32).fill(7));
const reconciliationOf = (check: Check, record: string, identity: string): string =>
  reconciliationStream(check, hash('reconciliation', check, record, identity));

const an = { fullName: 'Trần Văn An', documentNumber: '001080000001' };
const binh = { fullName: 'Lê Thị Bình', documentNumber: '001180000002' };
const enterprise = (representatives: readonly { fullName: string; documentNumber: string }[]) => ({
  name: 'Công ty A',
  representatives,
});

describe('the export of verdicts', () => {
  let view: ViewHarness;
  beforeEach(async () => {
    view = await openHarness(verdictsProjection);
    for (const [number, key] of [
      [1, '001080000001'],
      [2, '001180000002'],
    ] as const) {
      await view.given(recordStream('resident', hashOf(number)), recordEvent('resident', 'registered', { key }));
    }
  });
  afterEach(() => view.close());

  async function lines(): Promise<readonly VerdictLine[]> {
    await view.fold();
    const given: VerdictLine[] = [];
    for await (const line of exportVerdicts({ store: view.store, view: view.reader, hash })) given.push(line);
    return given;
  }

  const judged = (check: Check, left: string, identity: string, overrides: Partial<Verdict> = {}) =>
    view.given(
      reconciliationOf(check, left, identity),
      verdictEvent(verdict({ check, left: { stream: left, version: 0 }, ...overrides })),
    );
  const resident = (number: number) => ({ stream: recordStream('resident', hashOf(number)), version: 0 });

  it('has one line for each check of each record, in the form of the contract', async () => {
    const birth = recordStream('birth', hashOf(9));
    await view.given(birth, recordEvent('birth', 'registered', { key: '00001/1/7/2020-01-02' }));
    await view.given(
      reconciliationOf('birth', birth, 'child'),
      verdictEvent(mismatch({ left: { stream: birth, version: 0 }, right: resident(2) })),
    );
    expect(await lines()).toEqual([
      {
        check: 'birth',
        registry: 'civil-status',
        recordKey: '00001/1/7/2020-01-02',
        part: 0,
        counterpart: { registry: 'residents', recordKey: '001180000002' },
        outcome: 'MISMATCHED',
        codes: ['FIELD_MISMATCH'],
        fields: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
        rules: '2026-11-01',
      },
    ]);
  });

  it('names the place of a person in the current version of the record', async () => {
    const stream = recordStream('enterprise', hashOf(9));
    await view.given(
      stream,
      recordEvent('enterprise', 'registered', { key: '0100233488', content: enterprise([an, binh]) }),
      recordEvent('enterprise', 'amended', { key: '0100233488', content: enterprise([binh, an]) }),
      recordEvent('enterprise', 'amended', { key: '0100233488', content: enterprise([an, binh]), late: true }),
    );
    await judged('legal-representative', stream, 'PERSONAL_ID:001080000001', { right: resident(1) });
    await judged('legal-representative', stream, 'PERSONAL_ID:001180000002', { right: resident(2) });
    const places = (await lines()).map(({ part, counterpart }) => [part, counterpart?.recordKey]);
    expect(places).toEqual([
      [0, '001180000002'],
      [1, '001080000001'],
    ]);
  });

  it('says the same of a log that is so long that records are looked up one by one', async () => {
    const stream = recordStream('enterprise', hashOf(9));
    const versions = [enterprise([an, binh]), enterprise([binh, an])];
    await view.given(
      stream,
      recordEvent('enterprise', 'registered', { key: '0100233488', content: versions[0] ?? {} }),
      recordEvent('enterprise', 'amended', { key: '0100233488', content: versions[1] ?? {} }),
    );
    // An unchanged verdict keeps the version that it judged first.
    await judged('tax-registration', stream, '', { outcome: 'MISMATCHED', codes: ['NOT_FOUND'], right: null });
    await judged('legal-representative', stream, 'PERSONAL_ID:001080000001', { right: resident(1) });
    await judged('legal-representative', stream, 'PERSONAL_ID:001180000002', { right: resident(2) });
    const gathered = await lines();
    await view.given('intake-long', ...Array.from({ length: 50 }, () => event('khop.test.filler.v1', {})));
    expect(await lines()).toEqual(gathered);
    expect(gathered.map(({ part, counterpart }) => [part, counterpart?.recordKey])).toEqual([
      [0, '001180000002'],
      [1, '001080000001'],
      [0, undefined],
    ]);
  });

  it('has the husband before the wife', async () => {
    const stream = recordStream('marriage', hashOf(9));
    await view.given(stream, recordEvent('marriage', 'registered', { key: 'm', content: { husband: an, wife: binh } }));
    await judged('marriage', stream, 'wife', { right: resident(2) });
    await judged('marriage', stream, 'husband', { right: null, outcome: 'NOT_APPLICABLE' });
    expect((await lines()).map(({ part, outcome, counterpart }) => [part, outcome, counterpart?.recordKey])).toEqual([
      [0, 'NOT_APPLICABLE', undefined],
      [1, 'MATCHED', '001180000002'],
    ]);
  });

  it('is sorted by check, registry, key and part, bytewise', async () => {
    const keys = ['a', 'B', '10', '2', 'đ'];
    for (const [index, key] of keys.entries()) {
      const stream = recordStream('taxpayer', hashOf(100 + index));
      await view.given(stream, recordEvent('taxpayer', 'registered', { key }));
      await judged('taxpayer-identity', stream, 'self');
      await judged('tax-registration', stream, '');
    }
    const sorted = (await lines()).map(({ check, recordKey }) => `${check} ${recordKey}`);
    const inOrder = ['10', '2', 'B', 'a', 'đ'];
    expect(sorted).toEqual([
      ...inOrder.map((key) => `tax-registration ${key}`),
      ...inOrder.map((key) => `taxpayer-identity ${key}`),
    ]);
  });

  it('has only the checks asked for', async () => {
    const stream = recordStream('enterprise', hashOf(9));
    await view.given(stream, recordEvent('enterprise', 'registered', { key: '0100233488', content: enterprise([an]) }));
    await judged('legal-representative', stream, 'PERSONAL_ID:001080000001', { right: resident(1) });
    await judged('tax-registration', stream, '', { outcome: 'MISMATCHED', codes: ['NOT_FOUND'], right: null });
    await view.fold();
    const given: VerdictLine[] = [];
    const only = { checks: ['tax-registration'] as const };
    for await (const line of exportVerdicts({ store: view.store, view: view.reader, hash, ...only })) given.push(line);
    expect(given.map(({ check, counterpart }) => [check, counterpart])).toEqual([['tax-registration', null]]);
  });

  it('takes the key of a counterpart from the log where the record names it by another number', async () => {
    const stream = recordStream('birth', hashOf(9));
    const child = { fullName: 'Trần Văn An', documentNumber: '010000001' };
    await view.given(stream, recordEvent('birth', 'registered', { key: 'b', content: { child } }));
    await judged('birth', stream, 'child', { right: resident(1) });
    expect((await lines()).map(({ counterpart }) => counterpart?.recordKey)).toEqual(['001080000001']);
  });

  it('names who comes into question where nobody was found, when asked for', async () => {
    const born = { fullName: 'Nguyễn Văn Sơn', dateOfBirth: '1980-05-17' };
    const alike = recordEvent('resident', 'registered', {
      key: '001080000007',
      content: { personalId: '001080000007', gender: 'MALE', status: 'ALIVE', ...born },
    });
    await view.given(recordStream('resident', hashOf(7)), alike);
    const outcomes = [
      ['MISMATCHED', ['NO_ID']],
      ['NOT_APPLICABLE', []],
    ] as const;
    for (const [index, [outcome, codes]] of outcomes.entries()) {
      const stream = recordStream('birth', hashOf(20 + index));
      await view.given(stream, recordEvent('birth', 'registered', { key: `b${index}`, content: { child: born } }));
      await judged('birth', stream, 'child', { right: null, outcome, codes: [...codes] });
    }
    await view.fold({ projections: [verdictsProjection, candidatesProjection] });
    const candidates = openViewReader(view.directory, candidatesProjection);
    const given: VerdictLine[] = [];
    for await (const line of exportVerdicts({ store: view.store, view: view.reader, hash, candidates })) {
      given.push(line);
    }
    candidates.close();
    const [asked, notApplicable] = given;
    expect(asked?.candidates).toEqual([{ recordKey: '001080000007', score: expect.any(Number) }]);
    expect(notApplicable).not.toHaveProperty('candidates');
    for (const line of await lines()) expect(line).not.toHaveProperty('candidates');
  });

  it('is of one moment, whatever is folded meanwhile', async () => {
    const streams = [1, 2, 3].map((number) => recordStream('birth', hashOf(number)));
    for (const stream of streams) {
      await view.given(stream, recordEvent('birth', 'registered', { content: { child: an } }));
      await judged('birth', stream, 'child');
    }
    await view.fold();
    const given: string[] = [];
    for await (const { outcome } of exportVerdicts({ store: view.store, view: view.reader, hash })) {
      given.push(outcome);
      if (given.length > 1) continue;
      for (const stream of streams) await judged('birth', stream, 'child', { outcome: 'NOT_APPLICABLE' });
      await view.fold();
    }
    expect(given).toEqual(['MATCHED', 'MATCHED', 'MATCHED']);
    expect((await lines()).map(({ outcome }) => outcome)).toEqual(Array(3).fill('NOT_APPLICABLE'));
  });
});
