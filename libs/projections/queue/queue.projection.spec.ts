import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CorrectionAcknowledged,
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchCleared,
  MismatchFlagged,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  ReconciliationEnded,
  VERDICT_NAMES,
  recordStream,
} from '#contracts/events';
import type { NewEvent } from '#libs/event-store/port';
import type { Tab } from '#libs/domain/reconciliation';
import { removeView } from '../engine/index.ts';
import {
  event,
  hashOf,
  mismatch,
  openHarness,
  reconciliation,
  recordEvent,
  rowsOf,
  verdict,
  verdictEvent,
  type ViewHarness,
} from '../testing/index.ts';
import { openQueue, type Queue } from './open-queue.ts';
import { queueProjection } from './queue.projection.ts';

const MONDAY = Date.parse('2026-11-02T03:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const commandId = 'c';
const birth = (number: number): string => recordStream('birth', hashOf(number));

const flagged = (at?: string): NewEvent => event(MismatchFlagged, { verdictId: 'v' }, at === undefined ? {} : { at });
const claimed = (holder: string, hours = 1): NewEvent =>
  event(MismatchClaimed, { holder, leaseUntil: new Date(MONDAY + hours * HOUR).toISOString(), commandId });
const released = (): NewEvent => event(MismatchReleased, { holder: 'an', why: 'released', commandId });
const requested = (requestId = 'r1'): NewEvent =>
  event(CorrectionRequested, {
    requestId,
    verdictId: 'v',
    registry: 'civil-status',
    target: { stream: birth(1), version: 0 },
    fields: ['fullName'],
    commandId,
  });
const settled = (): NewEvent =>
  event(MismatchSettled, { decision: 'false-alarm', verdictId: 'v', valuesHash: 'values', commandId });
const cleared = (at?: string): NewEvent => event(MismatchCleared, { verdictId: 'v' }, at === undefined ? {} : { at });
const reopened = (): NewEvent => event(MismatchReopened, { verdictId: 'v', why: 'values-changed' });
const ended = (): NewEvent => event(ReconciliationEnded, { why: 'record-withdrawn', asOf: 9 });

describe('queue', () => {
  let view: ViewHarness;
  let queue: Queue;
  beforeEach(async () => {
    view = await openHarness(queueProjection);
    queue = openQueue(view.reader);
    await view.given(
      birth(1),
      recordEvent('birth', 'registered', {
        key: '00001/1/7/2020-01-02',
        content: { child: { fullName: 'Lê Thị Ánh' } },
      }),
    );
  });
  afterEach(() => view.close());

  const mismatched = (...more: readonly NewEvent[]) =>
    view.given(reconciliation(1), verdictEvent(mismatch()), flagged(), ...more);
  const tabs = (now = MONDAY, actor = 'an') => {
    const counts = Object.entries(queue.query({ now, actor }).tabs) as [Tab, number][];
    return counts.filter(([, count]) => count > 0).map(([tab]) => tab);
  };
  /** What the tabs count is what they list. */
  const listed = (now = MONDAY, actor = 'an') =>
    (['mine', 'unclaimed', 'waiting-for-agency', 'overdue', 'done'] as const).filter(
      (tab) => queue.query({ now, actor, tab }).items.length > 0,
    );
  async function expectTabs(expected: readonly Tab[], now = MONDAY): Promise<void> {
    await view.fold();
    expect(tabs(now)).toEqual(expected);
    expect(listed(now)).toEqual(expected);
  }

  it('holds a mismatch with its record, its differing fields and its due date', async () => {
    await mismatched();
    await view.fold();
    expect(queue.find('birth', hashOf(1), MONDAY + DAY)).toEqual({
      reconciliation: hashOf(1),
      check: 'birth',
      codes: ['FIELD_MISMATCH'],
      findings: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
      registry: 'civil-status',
      record: 'birth',
      recordHash: hashOf(1),
      recordVersion: 0,
      recordKey: '00001/1/7/2020-01-02',
      name: 'Lê Thị Ánh',
      counterpart: { registry: 'residents', record: 'resident', recordHash: hashOf(2), recordVersion: 0 },
      ward: '00001',
      state: 'open',
      openedAt: '2026-11-02T03:00:00.000Z',
      closedAt: null,
      dueAt: '2026-11-16T17:00:00.000Z',
      overdue: false,
      ageDays: 1,
      claim: null,
      corrections: [],
      decision: null,
      verdictId: expect.any(String),
      streamVersion: 1,
    });
  });

  it('does not hold what matches, nor a mismatch that is not flagged', async () => {
    await view.given(reconciliation(1), verdictEvent(verdict()));
    await view.given(reconciliation(2), verdictEvent(mismatch()));
    await view.fold();
    expect(queue.query({ now: MONDAY })).toMatchObject({ items: [], total: 0 });
    expect(queue.find('birth', hashOf(2), MONDAY)).toBeUndefined();
  });

  it('shows an item to its holder until the lease has run out', async () => {
    await mismatched(claimed('an'));
    await expectTabs(['mine']);
    expect(tabs(MONDAY, 'binh')).toEqual([]);
    expect(queue.find('birth', hashOf(1), MONDAY)?.claim).toMatchObject({ holder: 'an' });
    await expectTabs(['unclaimed'], MONDAY + HOUR);
    expect(queue.query({ now: MONDAY + HOUR, filter: { holders: [null] } }).total).toBe(1);
    await view.given(reconciliation(1), released());
    await expectTabs(['unclaimed']);
  });

  it('waits for an agency while a correction request is open', async () => {
    await mismatched(requested(), event(CorrectionAcknowledged, { requestId: 'r1', commandId }));
    await expectTabs(['waiting-for-agency']);
    await view.given(reconciliation(1), event(CorrectionWithdrawn, { requestId: 'r1', commandId }));
    await expectTabs(['unclaimed']);
    expect(queue.find('birth', hashOf(1), MONDAY)?.corrections).toMatchObject([
      { requestId: 'r1', state: 'withdrawn' },
    ]);
  });

  it('is overdue when the tenth working day is over', async () => {
    await mismatched();
    await expectTabs(['unclaimed'], Date.parse('2026-11-16T16:59:59.999Z'));
    await expectTabs(['unclaimed', 'overdue'], Date.parse('2026-11-16T17:00:00.000Z'));
    expect(queue.find('birth', hashOf(1), Date.parse('2026-11-16T17:00:00.000Z'))?.overdue).toBe(true);
  });

  it('is done when it was settled, and open again when a judged value has changed', async () => {
    await mismatched(settled());
    await expectTabs(['done']);
    expect(queue.find('birth', hashOf(1), MONDAY)).toMatchObject({
      state: 'settled',
      decision: 'false-alarm',
      dueAt: null,
    });
    await view.given(reconciliation(1), reopened());
    await expectTabs(['unclaimed']);
  });

  it('is done when the corrected value has arrived: what was asked for is fulfilled', async () => {
    await mismatched(requested(), claimed('an'));
    await view.given(reconciliation(1), verdictEvent(verdict()), cleared());
    await expectTabs(['done']);
    expect(queue.find('birth', hashOf(1), MONDAY)).toMatchObject({
      state: 'cleared',
      corrections: [{ state: 'fulfilled' }],
    });
  });

  it('comes back when it mismatches again, with what is wrong now', async () => {
    await mismatched();
    await view.given(reconciliation(1), verdictEvent(verdict()), cleared());
    await view.given(
      reconciliation(1),
      verdictEvent(mismatch({ codes: ['NOT_FOUND'], findings: [], right: null, ward: null })),
      flagged(),
    );
    await expectTabs(['unclaimed']);
    expect(queue.query({ now: MONDAY }).items).toMatchObject([
      { codes: ['NOT_FOUND'], findings: [], counterpart: null, ward: null },
    ]);
  });

  it('forgets an item whose record is gone', async () => {
    await mismatched(ended());
    await expectTabs([]);
    await view.given(reconciliation(1), verdictEvent(mismatch()), flagged());
    await expectTabs(['unclaimed']);
    await view.given(reconciliation(1), ended(), verdictEvent(mismatch()), flagged());
    await expectTabs(['unclaimed']);
    expect(rowsOf(view.reader)['items']).toHaveLength(1);
  });

  it('counts what was flagged and cleaned on each day', async () => {
    await mismatched();
    await view.given(
      reconciliation(2),
      verdictEvent(mismatch()),
      flagged('2026-11-02T20:00:00.000Z'),
      verdictEvent(verdict()),
      cleared('2026-11-03T01:00:00.000Z'),
    );
    await view.fold();
    const flows = view.reader.read((snapshot) => snapshot.all('SELECT day, flow, items FROM flows ORDER BY day, flow'));
    const monday = Math.floor(MONDAY / DAY);
    expect(flows.map((row) => ({ ...row }))).toEqual([
      { day: monday, flow: 'flagged', items: 1 },
      { day: monday + 1, flow: 'cleared', items: 1 },
      { day: monday + 1, flow: 'flagged', items: 1 },
    ]);
  });

  it('has no name for a record whose personal part is erased', async () => {
    await view.given(reconciliation(1), verdictEvent(mismatch({ left: { stream: birth(99), version: 0 } })), flagged());
    await view.fold();
    expect(queue.query({ now: MONDAY }).items).toMatchObject([{ recordKey: '', name: '' }]);
  });

  it('makes a dead letter of a mismatch that does not say of what, and goes on', async () => {
    await view.given(reconciliation(1), event(VERDICT_NAMES.birth.MISMATCHED, { outcome: 'MISMATCHED' }), flagged());
    await view.given(reconciliation(2), verdictEvent(mismatch()), flagged());
    await view.fold();
    expect(view.reader.deadLetters(10)).toMatchObject([
      {
        stream: reconciliation(1),
        state: 'failed',
        reason: expect.stringMatching(/^TypeError at verdict-of\.ts:/) as unknown,
      },
      { stream: reconciliation(1), state: 'waiting' },
    ]);
    expect(queue.query({ now: MONDAY }).total).toBe(1);
  });

  it('has the same rows wherever batches end, and when it is built again', async () => {
    await mismatched(claimed('an'), requested());
    await view.given(reconciliation(2), verdictEvent(mismatch({ ward: '00002' })), flagged(), settled(), reopened());
    await view.given(
      reconciliation(3),
      verdictEvent(mismatch()),
      flagged(),
      ended(),
      verdictEvent(mismatch()),
      flagged(),
    );
    await view.given(reconciliation(1), verdictEvent(verdict()), cleared());
    await view.fold({ batchEvents: 1 });
    const oneByOne = rowsOf(view.reader);
    removeView(view.directory, 'queue');
    await view.fold({ batchEvents: 3 });
    expect(rowsOf(view.reader)).toEqual(oneByOne);
    removeView(view.directory, 'queue');
    await view.fold();
    expect(rowsOf(view.reader)).toEqual(oneByOne);
  });
});
