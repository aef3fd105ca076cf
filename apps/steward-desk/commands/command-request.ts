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
  /** Whether a correction of this check may ask for a field of this name: it stands in the public part of the log. */
  readonly isCorrectable: (check: Check, field: string) => boolean;
}

/** A field has a name that none of what the check compares has. It may be anything: it is not repeated. */
export interface FieldsRefused {
  readonly ok: false;
  readonly code: 'fields-unknown';
  /** Places in the request, from 0. */
  readonly places: readonly number[];
}

/** The command that is decided on, in the light of the state: which side a correction is for depends on the verdict. */
export function commandOf(
  request: CommandRequest,
  { stream, now, claimLeaseMinutes, fieldAuthority, isCorrectable }: CommandTerms,
  state: ReconciliationState,
): WorkCommand | SideRefused | FieldsRefused {
  switch (request.type) {
    case 'claim-mismatch':
    case 'hand-over-mismatch':
      return { ...request, now, claimLeaseMinutes };
    case 'request-correction': {
      const check = state.verdict?.check;
      const places = [...request.fields.keys()].filter(
        (place) => check !== undefined && !isCorrectable(check, request.fields[place] ?? ''),
      );
      if (places.length > 0) return { ok: false, code: 'fields-unknown', places };
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
