import type { QuarantineReason } from '#contracts/events';
import type { Traceparent } from '#libs/telemetry';

/** One row as its source gave it. */
export interface Row {
  /** Line of the file, from 1 (of a record that spans rows, its first); place in the page of a feed. */
  readonly line: number;
  /** What was read: an object for a record, or the text of a row that can't be read as one. */
  readonly raw: unknown;
  /** The JSON that `raw` was read from: whoever has to wait with a row keeps this alone, which is far smaller. */
  readonly text?: string;
  /** About how many characters it holds, so that batches of large rows are made smaller. */
  readonly size?: number;
  /** Place in the change feed, for rows of a feed. */
  readonly cursor?: string;
  /** The trace that its source began with the change. */
  readonly traceparent?: Traceparent | undefined;
  /** Why the row can't be read at all; its fields are then not looked at. */
  readonly reasons?: readonly QuarantineReason[];
}

/** Where the rows of an intake come from. */
export type IntakeSource =
  | { readonly kind: 'file'; readonly fileName: string }
  | { readonly kind: 'feed' }
  | { readonly kind: 'resubmission'; readonly quarantineId: string };
