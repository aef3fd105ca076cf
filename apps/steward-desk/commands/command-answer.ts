import type { Position } from '#libs/event-store/port';
import type { Refusal } from '#libs/domain/reconciliation';
import type { FieldsRefused } from './command-request.ts';
import type { SideRefused } from './correction-side.ts';

/** The command holds, and its events are in the log. */
export interface CommandDone {
  readonly ok: true;
  /** The command came before: this is what it was answered with. */
  readonly repeated: boolean;
  /** Where its last event stands in the log: a view that has come so far shows what the command did. */
  readonly position: Position;
  readonly streamVersion: number;
  /** Who holds the item now, where the command was about that. */
  readonly holder?: string;
  readonly leaseUntil?: string;
  /** The correction request that the command made or changed. */
  readonly requestId?: string;
}

/** The command does not hold: what the decider says, or what it could not be asked for. */
export type CommandRefused =
  | Refusal
  | SideRefused
  | FieldsRefused
  | { readonly ok: false; readonly code: 'no-such-reconciliation' }
  /** Others write to the same reconciliation all the time: to be tried again. */
  | { readonly ok: false; readonly code: 'contended' }
  | { readonly ok: false; readonly code: 'too-large'; readonly limitBytes: number };

export type CommandAnswer = CommandDone | CommandRefused;
