import type { RequestCorrection, WorkCommand } from '#contracts/commands';
import type { Registry } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import type { ReconciliationState } from '#libs/domain/reconciliation';
import { derivedId } from '#libs/platform';
import { correctionSide, type SideRefused } from './correction-side.ts';

/** What the hub adds to what a client asks for. */
type Added = 'now' | 'claimLeaseMinutes' | 'requestId' | 'side';
type RequestOf<C extends WorkCommand> = C extends RequestCorrection
  ? Omit<C, Added> & { readonly side?: RequestCorrection['side'] | undefined }
  : Omit<C, Exclude<Added, 'requestId'>>;

/** A command as a client sends it: its body, which command it is, and who acts. */
export type CommandRequest = { [C in WorkCommand as C['type']]: RequestOf<C> }[WorkCommand['type']];

/** What a request becomes a command with. */
export interface CommandTerms {
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly claimLeaseMinutes: number;
  /** Which registry owns a field of a check; of no field in particular: `null`. */
  readonly fieldAuthority: (check: Check, field: string | null) => Registry;
}

/** The command that is decided on, in the light of the state: which side a correction is for depends on the verdict. */
export function commandOf(
  request: CommandRequest,
  { stream, now, claimLeaseMinutes, fieldAuthority }: CommandTerms,
  state: ReconciliationState,
): WorkCommand | SideRefused {
  switch (request.type) {
    case 'claim-mismatch':
    case 'hand-over-mismatch':
      return { ...request, now, claimLeaseMinutes };
    case 'request-correction': {
      const side = request.side ?? correctionSide(state.verdict, request.fields, fieldAuthority);
      if (typeof side !== 'string') return side;
      return { ...request, now, side, requestId: derivedId('correction-request', stream, request.commandId) };
    }
    case 'release-mismatch':
    case 'withdraw-correction':
    case 'settle-mismatch':
    case 'reopen-mismatch':
    case 'acknowledge-correction':
    case 'refuse-correction':
      return { ...request, now };
    default:
      return request satisfies never;
  }
}
