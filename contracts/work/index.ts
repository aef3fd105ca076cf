import type { Check, VersionRef } from '#contracts/verdicts';

/** The topic on which the linker hands out what is to be judged, keyed by reconciliation. */
export const WORK_TOPIC = 'khop.work-items.v1';

/** The group that shares the work items out among its members. */
export const RECONCILER_GROUP = 'reconciler';

/** The event that made a judgement due: verdicts carry its correlation and trace on. */
export interface Cause {
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent?: string | undefined;
}

interface WorkItemBase {
  /** Stream of the reconciliation, and the key of the message: items of one reconciliation stay in order. */
  readonly reconciliation: string;
  readonly check: Check;
  /** Log position of the newest input. */
  readonly asOf: number;
  readonly cause: Cause;
}

/** How a counterpart was found, or why there is none. */
export type Found =
  | {
      readonly kind: 'found';
      readonly by: 'PERSONAL_ID' | 'FORMER_PERSONAL_ID' | 'CMND9' | 'TAX_CODE' | 'ENTERPRISE_CODE';
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'lookup'; readonly why: 'no-id' | 'invalid-id' | 'not-applicable' };

/** A version to be judged; where the log has it may be known, and spares the look-up. */
export interface WorkSide extends VersionRef {
  readonly position?: number;
}

/** Compare these two versions. For `duplicate` the two stand in the order of their streams, not of their keys. */
export interface JudgeItem extends WorkItemBase {
  readonly kind: 'judge';
  readonly left: WorkSide;
  /** Place of the person in this version of the left record, among the parts that the check has. */
  readonly part: number;
  readonly right: WorkSide | null;
  readonly found: Found;
  readonly rulesHash: string;
}

/** There is nothing to judge any more. */
export interface EndItem extends WorkItemBase {
  readonly kind: 'end';
  readonly why: 'record-withdrawn' | 'person-left' | 'pair-dissolved' | 'not-due';
}

export type WorkItem = JudgeItem | EndItem;
