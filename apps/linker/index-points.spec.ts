import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { enterprise, openSmallHub, resident, type SmallHub } from '#tests/support';

const BINH = '001080012345';
const SON_CA = '0100233488';
const ELSEWHERE = { logId: 'another log', position: 1_000, hash: 'of another log' };

describe('an index that rests on points which the log does not have', () => {
  let hub: SmallHub;
  beforeEach(async () => {
    hub = await openSmallHub();
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
  });
  afterEach(() => hub.close());

  const codes = async (): Promise<readonly string[]> =>
    (await hub.verdicts()).filter(({ check }) => check === 'legal-representative').map((one) => one.codes.join());

  it('judges what comes: what another log had judged up to there was something else', async () => {
    hub.index.startAnew();
    hub.index.points.set('judged', ELSEWHERE);
    await hub.catchUp();
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    expect(await codes()).toEqual(['']);
    expect(hub.index.points.find('judged')).toBeUndefined();
  });

  it('does not hold back what comes until the log is as long again', async () => {
    hub.index.points.set('holding', ELSEWHERE);
    await hub.catchUp();
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    expect(await codes()).toEqual(['']);
  });

  it('tells a restored log, which has other events at the same place, by its hash', async () => {
    const head = await hub.store.pointAt();
    if (head === undefined) throw new Error('a log has a head');
    hub.index.points.set('checkpoint', { ...head, hash: 'of what was lost' });
    const before = hub.index.record(1);
    await hub.catchUp();
    expect(hub.index.points.find('checkpoint')).toEqual(head);
    expect(hub.index.record(1)).toEqual(before);
    expect(await codes()).toEqual(['NOT_FOUND']);
  });

  it('goes on where it was when the points fit, and judges nothing again', async () => {
    hub.index.startAnew();
    const before = (await hub.events()).length;
    await hub.catchUp();
    expect((await hub.events()).length).toBe(before);
    expect(hub.index.points.position('judged')).toBeGreaterThan(0);
  });
});
