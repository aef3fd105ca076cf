import type { Verdict } from '#contracts/verdicts';

/** A check has judged. `verdictId` becomes the id of the verdict's event. */
export interface RecordVerdict {
  readonly type: 'record-verdict';
  readonly verdictId: string;
  readonly verdict: Verdict;
}

/** There is nothing to judge any more. `asOf` is the log position of the record change that says so. */
export interface EndReconciliation {
  readonly type: 'end-reconciliation';
  readonly why: 'record-withdrawn' | 'person-left' | 'pair-dissolved' | 'not-due';
  readonly asOf: number;
}
