import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DeadLetterRetried,
  IntakeFinished,
  IntakeStarted,
  MessageDeadLettered,
  QuarantineResolved,
  RecordQuarantined,
  quarantineStream,
  recordStream,
} from '#contracts/events';
import { event, hashOf, openHarness, recordEvent, type ViewHarness } from '../testing/index.ts';
import { readIntakes, readRecordCounts, readStats } from './read-stats.ts';
import { statsProjection } from './stats.projection.ts';

const resident = (number: number): string => recordStream('resident', hashOf(number));

describe('stats', () => {
  let view: ViewHarness;
  beforeEach(async () => {
    view = await openHarness(statsProjection);
  });
  afterEach(() => view.close());

  const present = () => readStats(view.reader).records.residents.resident;

  it('counts events by type', async () => {
    await view.given(resident(1), recordEvent('resident', 'registered'), recordEvent('resident', 'amended'));
    await view.given(resident(2), recordEvent('resident', 'registered'));
    await view.fold();
    expect(readStats(view.reader)).toMatchObject({
      position: await view.store.head(),
      events: 3,
      byType: { 'khop.residents.resident-registered.v1': 2, 'khop.residents.resident-amended.v1': 1 },
    });
  });

  it('counts the records that are there: withdrawn ones are not, until they come back', async () => {
    await view.given(resident(1), recordEvent('resident', 'registered'), recordEvent('resident', 'amended'));
    await view.given(resident(2), recordEvent('resident', 'registered'));
    await view.fold();
    expect(present()).toBe(2);

    await view.given(resident(1), recordEvent('resident', 'withdrawn'), recordEvent('resident', 'withdrawn'));
    await view.fold();
    expect(present()).toBe(1);

    await view.given(resident(1), recordEvent('resident', 'amended'));
    await view.fold();
    expect(present()).toBe(2);
  });

  it('counts a record type by key, with what was withdrawn and what is in quarantine', async () => {
    await view.given(resident(1), recordEvent('resident', 'registered'));
    await view.given(resident(2), recordEvent('resident', 'registered'), recordEvent('resident', 'withdrawn'));
    await view.given(quarantineStream('q1'), event(RecordQuarantined, { quarantineId: 'q1', record: 'resident' }));
    await view.given(quarantineStream('q2'), event(RecordQuarantined, { quarantineId: 'q2', record: 'birth' }));
    await view.fold();
    expect(readRecordCounts(view.reader, 'resident')).toMatchObject({ records: 2, withdrawn: 1, quarantined: 1 });
  });

  it('tells what the feed has brought from what came from files', async () => {
    const byFeed = (key: string) => {
      const given = recordEvent('resident', 'registered', { key });
      return { ...given, data: { ...given.data, source: { kind: 'feed', cursor: '1' } } };
    };
    const intake = (intakeId: string, source: string) =>
      event(IntakeStarted, { intakeId, registry: 'residents', record: 'resident', source, snapshot: false });
    const rejected = (quarantineId: string, intakeId: string) =>
      view.given(
        quarantineStream(quarantineId),
        event(RecordQuarantined, { quarantineId, registry: 'residents', record: 'resident', intakeId, reasons: [] }),
      );
    await view.given('intake-file', intake('file', 'file'));
    await view.given(resident(1), recordEvent('resident', 'registered'));
    // Known from the file before: the feed brings nothing new.
    await view.given(resident(2), recordEvent('resident', 'registered'), { ...byFeed('2'), id: 'amended-by-feed' });
    await view.given('intake-feed', intake('feed', 'feed'));
    await view.given(resident(3), byFeed('3'));
    await rejected('a', 'file');
    await rejected('b', 'feed');
    await rejected('c', 'a page of the live feed has no frame');
    await view.given(
      quarantineStream('b'),
      event(QuarantineResolved, { quarantineId: 'b', recordStream: resident(4) }),
    );
    await view.given(
      'intake-feed',
      event(IntakeFinished, {
        intakeId: 'feed',
        outcome: 'completed',
        counts: { read: 4, taken: 2, unchanged: 1, quarantined: 1 },
        unknownFields: {},
      }),
    );
    await view.fold();
    expect(readRecordCounts(view.reader, 'resident')).toEqual({
      records: 3,
      withdrawn: 0,
      quarantined: 2,
      fromFeed: { records: 1, quarantined: 2, confirming: 2 },
    });
  });

  it('knows a record whose first version is its withdrawal as not there', async () => {
    await view.given(resident(1), recordEvent('resident', 'withdrawn'));
    await view.fold();
    expect(present()).toBe(0);
    await view.given(resident(1), recordEvent('resident', 'registered'));
    await view.fold();
    expect(present()).toBe(1);
  });

  it('does not let a late version withdraw a record', async () => {
    await view.given(
      resident(1),
      recordEvent('resident', 'registered'),
      recordEvent('resident', 'withdrawn', { late: true }),
    );
    await view.fold();
    expect(present()).toBe(1);
  });

  it('counts intakes, open quarantine and dead letters', async () => {
    const dead = { topic: 't', group: 'g', reason: 'r', attempts: 3, firstFailedAt: '', lastFailedAt: '' };
    const message = { id: 'm1', key: 'k', type: 't', data: null };
    await view.given(
      'intake-1',
      event(IntakeStarted, {
        intakeId: '1',
        registry: 'residents',
        record: 'resident',
        source: 'file',
        snapshot: false,
      }),
      event(IntakeFinished, { intakeId: '1', outcome: 'completed', counts: { taken: 7 }, unknownFields: {} }),
    );
    for (const id of ['a', 'b']) {
      await view.given(
        quarantineStream(id),
        event(RecordQuarantined, {
          quarantineId: id,
          registry: 'residents',
          record: 'resident',
          intakeId: '1',
          reasons: [],
        }),
      );
    }
    await view.given(
      quarantineStream('a'),
      event(QuarantineResolved, { quarantineId: 'a', recordStream: resident(1) }),
    );
    await view.given('dead-letter.g-1', event(MessageDeadLettered, { ...dead, message }));
    await view.fold();
    expect(readStats(view.reader)).toMatchObject({
      intakes: { running: 0, finished: 1 },
      quarantine: 1,
      deadLetters: 1,
    });
    expect(readIntakes(view.reader, 5)).toMatchObject([{ intakeId: '1', outcome: 'completed', counts: { taken: 7 } }]);

    await view.given('dead-letter.g-1', event(DeadLetterRetried, { messageId: 'm1' }));
    await view.fold();
    expect(readStats(view.reader).deadLetters).toBe(0);
  });
});
