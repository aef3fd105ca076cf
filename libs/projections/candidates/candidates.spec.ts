import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordStream } from '#contracts/events';
import { hashOf, recordEvent } from '../testing/given-events.ts';
import { openHarness, rowsOf, type ViewHarness } from '../testing/view-harness.ts';
import { candidatesProjection } from './candidates.projection.ts';
import { findCandidates } from './find-candidates.ts';

const person = { fullName: 'Nguyễn Văn Bình', dateOfBirth: '1980-05-17', gender: 'MALE' as const };
const content = (personalId: string, other: object = {}) => ({ personalId, status: 'ALIVE', ...person, ...other });

describe('candidates', () => {
  let view: ViewHarness;
  beforeEach(async () => {
    view = await openHarness(candidatesProjection);
  });
  afterEach(() => view.close());

  const given = (
    number: number,
    change: 'registered' | 'amended' | 'withdrawn',
    key: string,
    other: object = {},
    late = false,
  ) =>
    view.given(
      recordStream('resident', hashOf(number)),
      recordEvent('resident', change, { key, content: content(key, other), late }),
    );
  const found = async (who: object = person) =>
    (await findCandidates(view.reader, view.store, who)).map(({ recordKey }) => recordKey);

  it('finds those of like name and birth, the likeliest first', async () => {
    await given(1, 'registered', '001080000001', { fullName: 'Nguyễn Văn Binh' });
    await given(2, 'registered', '001080000002');
    await given(3, 'registered', '001080000003', { fullName: 'Lê Thị Mận' });
    await view.fold();
    expect(await found()).toEqual(['001080000002', '001080000001']);
    expect(await found({ fullName: person.fullName })).toEqual([]);
  });

  it('knows residents as they are now: amended, withdrawn, and not as a late version had them', async () => {
    await given(1, 'registered', '001080000001', { fullName: 'Lê Thị Mận' });
    await given(2, 'registered', '001080000002');
    await view.fold();
    await given(1, 'amended', '001080000001');
    await given(2, 'withdrawn', '001080000002');
    await given(1, 'amended', '001080000001', { fullName: 'Lê Thị Mận' }, true);
    await view.fold();
    expect(await found()).toEqual(['001080000001']);
  });

  it('names at most five', async () => {
    for (let number = 1; number <= 7; number += 1) await given(number, 'registered', `00108000000${number}`);
    await view.fold();
    expect(await found()).toHaveLength(5);
  });

  it('keeps the same rows whether events are folded once or from the start again', async () => {
    await given(1, 'registered', '001080000001');
    await given(1, 'amended', '001080000001', { fullName: 'Nguyễn Văn Bính' });
    await view.fold({ batchEvents: 1 });
    const rows = rowsOf(view.reader);
    await view.fold();
    expect(rowsOf(view.reader)).toEqual(rows);
  });
});
