import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMoment } from '../validation/index.ts';
import { decideVersion, type IncomingVersion, type StoredVersion, type VersionDecision } from './record.decider.ts';

interface Given {
  readonly hash: string;
  readonly at?: string;
  readonly cursor?: string;
  readonly withdrawn?: boolean;
}

function incoming({ hash, at, cursor, withdrawn = false }: Given): IncomingVersion {
  const moment = at === undefined ? undefined : parseMoment(at);
  return {
    contentHash: hash,
    ...(moment === undefined ? {} : { updatedAt: moment }),
    ...(cursor === undefined ? {} : { cursor }),
    withdrawn,
  };
}

/** Takes versions one after the other; answers what became of each, and what the record then is. */
function play(versions: readonly Given[]): { decisions: VersionDecision[]; current: string | undefined } {
  const history: StoredVersion[] = [];
  const decisions = versions.map((version) => {
    const { withdrawn, ...summary } = incoming(version);
    const decision = decideVersion(history, { ...summary, withdrawn });
    if (decision !== 'unchanged' && decision !== 'seen-before') history.push({ ...summary, late: decision === 'late' });
    return decision;
  });
  return { decisions, current: history.findLast((version) => !version.late)?.contentHash };
}

const may = '2026-05-01T00:00:00Z';
const june = '2026-06-01T00:00:00Z';

describe('a version of a record', () => {
  it('is registered when it is the first', () => {
    expect(play([{ hash: 'a' }]).decisions).toEqual(['registered']);
  });

  it('changes nothing when its content is the current one', () => {
    expect(
      play([
        { hash: 'a', at: may },
        { hash: 'a', at: may },
      ]).decisions,
    ).toEqual(['registered', 'unchanged']);
  });

  it('amends the record when it is dated later', () => {
    expect(
      play([
        { hash: 'a', at: may },
        { hash: 'b', at: june },
      ]).decisions,
    ).toEqual(['registered', 'amended']);
  });

  it('is kept as late when it is dated earlier, and is seen before when it comes once more', () => {
    const { decisions, current } = play([
      { hash: 'b', at: june },
      { hash: 'a', at: may },
      { hash: 'a', at: may },
    ]);
    expect(decisions).toEqual(['registered', 'late', 'seen-before']);
    expect(current).toBe('b');
  });

  it('is compared as a moment, not as text, and to any fraction of a second', () => {
    const first = { hash: 'a', at: '2026-05-01T06:30:00+07:00' };
    expect(play([first, { hash: 'b', at: '2026-05-01T00:00:00Z' }]).decisions[1]).toBe('amended');
    expect(play([first, { hash: 'b', at: '2026-04-30T23:29:59.999Z' }]).decisions[1]).toBe('late');
    expect(play([first, { hash: '0', at: '2026-04-30T23:30:00.0000001Z' }]).decisions[1]).toBe('amended');
  });

  it('wins over another of the same moment by the larger content hash', () => {
    expect(
      play([
        { hash: 'a', at: may },
        { hash: 'b', at: '2026-05-01T07:00:00+07:00' },
      ]).decisions[1],
    ).toBe('amended');
    expect(
      play([
        { hash: 'b', at: may },
        { hash: 'a', at: may },
      ]).decisions[1],
    ).toBe('late');
  });

  it('wins over undated ones when it is dated, and loses to dated ones when it is not', () => {
    expect(play([{ hash: 'a' }, { hash: 'b', at: may }]).decisions[1]).toBe('amended');
    expect(play([{ hash: 'b', at: may }, { hash: 'c' }]).decisions[1]).toBe('late');
  });

  it('of a file without a date is ordered by arrival, and one that was there before is seen before', () => {
    expect(play([{ hash: 'a' }, { hash: 'b' }, { hash: 'a' }]).decisions).toEqual([
      'registered',
      'amended',
      'seen-before',
    ]);
  });

  it('of a feed without a date is ordered by its cursor, and may bring an earlier content back', () => {
    const { decisions, current } = play([
      { hash: 'a', cursor: '01' },
      { hash: 'b', cursor: '03' },
      { hash: 'c', cursor: '02' },
      { hash: 'a', cursor: '04' },
      { hash: 'b', cursor: '03' },
    ]);
    expect(decisions).toEqual(['registered', 'amended', 'late', 'amended', 'seen-before']);
    expect(current).toBe('a');
  });

  it('withdraws the record, and a later one brings it back', () => {
    const { decisions } = play([
      { hash: 'a', at: may },
      { hash: 'w', at: june, withdrawn: true },
      { hash: 'c', at: '2026-07-01T00:00:00Z' },
    ]);
    expect(decisions).toEqual(['registered', 'withdrawn', 'amended']);
  });

  it('that withdraws and comes late does not withdraw', () => {
    expect(
      play([
        { hash: 'a', at: june },
        { hash: 'w', at: may, withdrawn: true },
      ]).decisions[1],
    ).toBe('late');
  });
});

const dated = fc.uniqueArray(
  fc.record({
    hash: fc.stringMatching(/^[0-9a-f]{4}$/),
    at: fc.constantFrom(
      '2026-05-01T00:00:00Z',
      '2026-05-01T07:00:00+07:00',
      '2026-05-01T00:00:00.5Z',
      '2026-06-01T00:00:00Z',
    ),
    withdrawn: fc.boolean(),
  }),
  { selector: ({ hash }) => hash, minLength: 1, maxLength: 6 },
);

describe('dated versions', () => {
  it('end with the same current version in any order, with or without repetition', () => {
    fc.assert(
      fc.property(dated, fc.array(fc.nat(20), { maxLength: 12 }), fc.option(fc.nat(12)), (versions, order, undated) => {
        const shuffled = [...versions].sort(
          (a, b) => (order[versions.indexOf(a)] ?? 0) - (order[versions.indexOf(b)] ?? 0),
        );
        const repeated = [...shuffled, ...order.flatMap((index) => shuffled[index] ?? [])];
        const all: readonly Given[] = repeated;
        const with1 = undated === null ? all : all.toSpliced(undated, 0, { hash: 'undated' });
        expect(play(with1).current).toBe(play(versions).current);
      }),
      { numRuns: 300 },
    );
  });
});
