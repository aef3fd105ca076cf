import type { RegistryAnswer, WithdrawCorrection } from '#contracts/commands';
import { CorrectionAcknowledged, CorrectionRefused, CorrectionWithdrawn } from '#contracts/events';
import { accepted, type Decision } from './reconciliation.decision.ts';
import { happened } from './reconciliation.event.ts';
import { STEPS_OF_CORRECTION } from './reconciliation.phases.ts';
import type { ReconciliationState } from './reconciliation.state.ts';

/**
 * What the registry's answer, or taking the request back, changes. No answer closes a mismatch: only the data does,
 * when the source's new version arrives and the check matches.
 */
export function decideAboutCorrection(
  command: RegistryAnswer | WithdrawCorrection,
  state: ReconciliationState,
): Decision {
  const { requestId, commandId } = command;
  const correction = state.corrections.find((one) => one.requestId === requestId);
  if (correction === undefined) return { ok: false, code: 'correction-unknown', requestId };
  if (!STEPS_OF_CORRECTION[correction.state][command.type])
    return { ok: false, code: 'correction-closed', requestId, state: correction.state };
  switch (command.type) {
    case 'acknowledge-correction':
      return correction.state === 'acknowledged'
        ? accepted()
        : accepted(happened(CorrectionAcknowledged, { requestId, commandId }));
    case 'refuse-correction':
    case 'withdraw-correction': {
      const { reason } = command;
      if (reason.trim() === '') return { ok: false, code: 'reason-missing' };
      const definition = command.type === 'refuse-correction' ? CorrectionRefused : CorrectionWithdrawn;
      return accepted(happened(definition, { requestId, commandId }, { reason }));
    }
    default:
      return command satisfies never;
  }
}
