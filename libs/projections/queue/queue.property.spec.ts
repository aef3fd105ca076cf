import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchCleared,
  MismatchFlagged,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  ReconciliationEnded,
  recordStream,
} from '#contracts/events';
import { TABS } from '#libs/domain/reconciliation';
import type { NewEvent } from '#libs/event-store/port';
import { removeView } from '../engine/index.ts';
import {
  event,
  hashOf,
  mismatch,
  openHarness,
  reconciliation,
  rowsOf,
  verdict,
  verdictEvent,
} from '../testing/index.ts';
import { openQueue } from './open-queue.ts';
import { queueProjection } from './queue.projection.ts';

const NOW = Date.parse('2026-11-20T03:00:00.000Z');
const DAY = 86_400_000;
const commandId = 'c';

/** Whatever can happen to a reconciliation, in any order: the view must count right even where the order makes no sense. */
const HAPPENINGS: readonly ((at: string) => NewEvent)[] = [
  (at) => verdictEvent(mismatch(), { at }),
  (at) => verdictEvent(mismatch({ ward: '00002', codes: ['NOT_FOUND'], findings: [] }), { at }),
  (at) => verdictEvent(verdict(), { at }),
  (at) => event(MismatchFlagged, { verdictId: 'v' }, { at }),
  (at) => event(MismatchClaimed, { holder: 'an', leaseUntil: new Date(NOW + DAY).toISOString(), commandId }, { at }),
  (at) => event(MismatchClaimed, { holder: 'binh', leaseUntil: new Date(NOW - DAY).toISOString(), commandId }, { at }),
  (at) => event(MismatchReleased, { holder: 'an', why: 'released', commandId }, { at }),
  (at) =>
    event(
      CorrectionRequested,
      {
        requestId: 'r',
        verdictId: 'v',
        registry: 'civil-status',
        target: { stream: recordStream('birth', hashOf(1)), version: 0 },
        fields: [],
        commandId,
      },
      { at },
    ),
  (at) => event(CorrectionWithdrawn, { requestId: 'r', commandId }, { at }),
  (at) => event(MismatchSettled, { decision: 'false-alarm', verdictId: 'v', valuesHash: 'h', commandId }, { at }),
  (at) => event(MismatchReopened, { verdictId: 'v', why: 'by-steward' }, { at }),
  (at) => event(MismatchCleared, { verdictId: 'v' }, { at }),
  (at) => event(ReconciliationEnded, { why: 'record-withdrawn', asOf: 1 }, { at }),
];

const happening = fc.record({
  stream: fc.integer({ min: 1, max: 4 }),
  what: fc.nat(HAPPENINGS.length - 1),
  daysAgo: fc.integer({ min: 0, max: 30 }),
});

describe('the counts of the queue', () => {
  it('are those of its rows, whatever happens and wherever batches end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (happenings, batchEvents) => {
          const view = await openHarness(queueProjection);
          try {
            await view.store.append(
              happenings.flatMap(({ stream, what, daysAgo }) => {
                const given = HAPPENINGS[what]?.(new Date(NOW - daysAgo * DAY).toISOString());
                return given === undefined
                  ? []
                  : [{ stream: reconciliation(stream), expected: 'any', events: [given] }];
              }),
            );
            await view.fold({ batchEvents });
            const inBatches = rowsOf(view.reader);
            expectCountsOfRows(openQueue(view.reader));
            removeView(view.directory, 'queue');
            await view.fold();
            expect(rowsOf(view.reader)).toEqual(inBatches);
          } finally {
            await view.close();
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});

function expectCountsOfRows(queue: ReturnType<typeof openQueue>): void {
  for (const tab of [undefined, ...TABS]) {
    const page = queue.query({ now: NOW, actor: 'an', ...(tab !== undefined && { tab }) });
    expect(page.items).toHaveLength(page.total);
    if (tab !== undefined) expect(page.tabs[tab]).toBe(page.total);
    const inFacet = page.facets.holder.reduce((sum, { count }) => sum + count, 0);
    expect(inFacet).toBe(page.total);
  }
}
