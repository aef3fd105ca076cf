import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReconciliationEnded, recordStream } from '#contracts/events';
import {
  event,
  hashOf,
  mismatch,
  openHarness,
  reconciliation,
  rowsOf,
  verdict,
  verdictEvent,
  type ViewHarness,
} from '../testing/index.ts';
import { readVerdictCounts } from './verdict-counts.ts';
import { verdictsProjection } from './verdicts.projection.ts';

const nothing = { matched: 0, mismatched: 0, notApplicable: 0, byCode: {} };

describe('verdicts', () => {
  let view: ViewHarness;
  beforeEach(async () => {
    view = await openHarness(verdictsProjection);
  });
  afterEach(() => view.close());

  it('keeps the current verdict of each reconciliation', async () => {
    await view.given(reconciliation(1), verdictEvent(mismatch()));
    await view.given(
      reconciliation(2),
      verdictEvent(mismatch({ codes: ['NOT_FOUND', 'CROSS_FIELD'], right: null, findings: [] })),
    );
    await view.given(
      reconciliation(1),
      verdictEvent(verdict({ left: { stream: recordStream('birth', hashOf(1)), version: 4 } })),
    );
    await view.fold();

    const { verdicts } = rowsOf(view.reader);
    expect(verdicts).toEqual([
      expect.objectContaining({ id: 1, left_version: 4, right_type: 5, stream_version: 1 }),
      expect.objectContaining({ id: 2, left_version: 0, right_type: null, right_key: null, stream_version: 0 }),
    ]);
  });

  it('counts each check by outcome and code, and takes the former verdict back', async () => {
    await view.given(reconciliation(1), verdictEvent(mismatch()));
    await view.given(reconciliation(2), verdictEvent(mismatch({ codes: ['FIELD_MISMATCH', 'DECEASED'] })));
    await view.given(reconciliation(3, 'death'), verdictEvent(verdict({ check: 'death', outcome: 'NOT_APPLICABLE' })));
    await view.fold();
    expect(readVerdictCounts(view.reader)).toMatchObject({
      birth: { ...nothing, mismatched: 2, byCode: { FIELD_MISMATCH: 2, DECEASED: 1 } },
      death: { ...nothing, notApplicable: 1 },
      marriage: nothing,
    });

    await view.given(reconciliation(2), verdictEvent(verdict()));
    await view.given(reconciliation(3, 'death'), event(ReconciliationEnded, { why: 'record-withdrawn', asOf: 9 }));
    await view.fold();
    expect(readVerdictCounts(view.reader)).toMatchObject({
      birth: { ...nothing, matched: 1, mismatched: 1, byCode: { FIELD_MISMATCH: 1 } },
      death: nothing,
    });
  });

  it('forgets a reconciliation that has ended, and knows it again when it is judged again', async () => {
    await view.given(
      reconciliation(1),
      verdictEvent(verdict()),
      event(ReconciliationEnded, { why: 'person-left', asOf: 2 }),
      verdictEvent(mismatch()),
      event(ReconciliationEnded, { why: 'person-left', asOf: 3 }),
      verdictEvent(verdict({ outcome: 'NOT_APPLICABLE' })),
    );
    await view.fold();
    expect(readVerdictCounts(view.reader).birth).toEqual({ ...nothing, notApplicable: 1 });
    expect(rowsOf(view.reader)['verdicts']).toHaveLength(1);
  });

  it('has a line for a pair only while it is suspected', async () => {
    const pair = { check: 'duplicate', codes: ['DUPLICATE_SUSPECT'], findings: [] } as const;
    await view.given(reconciliation(1, 'duplicate'), verdictEvent(mismatch(pair)));
    await view.fold();
    expect(rowsOf(view.reader)['verdicts']).toHaveLength(1);
    await view.given(reconciliation(1, 'duplicate'), verdictEvent(verdict({ check: 'duplicate' })));
    await view.fold();
    expect(rowsOf(view.reader)['verdicts']).toEqual([]);
    expect(readVerdictCounts(view.reader).duplicate).toEqual(nothing);
  });

  it('counts what was judged on each day in Việt Nam', async () => {
    await view.given(reconciliation(1), verdictEvent(mismatch(), { at: '2026-11-02T16:59:59.999Z' }));
    await view.given(reconciliation(1), verdictEvent(verdict(), { at: '2026-11-02T17:00:00.000Z' }));
    await view.given(reconciliation(2), verdictEvent(verdict(), { at: '2026-11-03T01:00:00.000Z' }));
    await view.fold();
    const [first, second] = rowsOf(view.reader)['judged'] ?? [];
    expect(first).toMatchObject({ verdicts: 1 });
    expect(second).toMatchObject({ verdicts: 2 });
  });

  it('does not depend on where batches end', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let number = 1; number <= 5; number += 1) {
        const given = (number + round) % 2 === 0 ? verdict({ ward: `0000${number}` }) : mismatch();
        await view.given(reconciliation(number), verdictEvent(given));
      }
    }
    await view.fold({ batchEvents: 1 });
    const oneByOne = rowsOf(view.reader);
    const other = await openHarness(verdictsProjection);
    await other.fold({ store: view.store });
    expect(rowsOf(other.reader)).toEqual(oneByOne);
    await other.close();
  });

  it('makes a dead letter of a verdict that points to no record', async () => {
    await view.given(reconciliation(1), verdictEvent(verdict({ left: { stream: 'nowhere', version: 0 } })));
    await view.given(reconciliation(2), verdictEvent(verdict()));
    await view.fold();
    expect(view.reader.deadLetters(10)).toMatchObject([{ stream: reconciliation(1), state: 'failed' }]);
    expect(readVerdictCounts(view.reader).birth.matched).toBe(1);
  });
});
