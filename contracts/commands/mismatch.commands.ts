import Type, { type Static } from 'typebox';
import { Actor, body, Reason, stewardFields, type Issued } from './work-command.ts';

/** Takes an item of the queue for oneself; the holder's claim on it is renewed. */
export const ClaimMismatchBody = Type.Object({ ...stewardFields }, body('claim-mismatch'));
export interface ClaimMismatch extends Issued<'claim-mismatch'>, Readonly<Static<typeof ClaimMismatchBody>> {
  readonly claimLeaseMinutes: number;
}

/** Gives an item back to the queue. */
export const ReleaseMismatchBody = Type.Object({ ...stewardFields }, body('release-mismatch'));
export interface ReleaseMismatch extends Issued<'release-mismatch'>, Readonly<Static<typeof ReleaseMismatchBody>> {}

/** Passes an item on to a colleague, who then holds it. */
export const HandOverMismatchBody = Type.Object({ ...stewardFields, to: Actor }, body('hand-over-mismatch'));
export interface HandOverMismatch extends Issued<'hand-over-mismatch'>, Readonly<Static<typeof HandOverMismatchBody>> {
  readonly claimLeaseMinutes: number;
}

/** Closes an item by a reasoned decision, for as long as the values that were judged stay as they are. */
export const SettleMismatchBody = Type.Object(
  {
    ...stewardFields,
    decision: Type.Enum(['accepted-difference', 'false-alarm']),
    reason: Reason,
  },
  body('settle-mismatch'),
);
export interface SettleMismatch extends Issued<'settle-mismatch'>, Readonly<Static<typeof SettleMismatchBody>> {}

/** Takes a settlement back. */
export const ReopenMismatchBody = Type.Object({ ...stewardFields }, body('reopen-mismatch'));
export interface ReopenMismatch extends Issued<'reopen-mismatch'>, Readonly<Static<typeof ReopenMismatchBody>> {}
