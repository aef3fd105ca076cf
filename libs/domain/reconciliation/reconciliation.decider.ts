import type { ReconciliationCommand, WorkCommand } from '#contracts/commands';
import {
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
} from '#contracts/events';
import { decideAboutCorrection } from './correction.decider.ts';
import { endReconciliation, recordVerdict } from './judgement.decider.ts';
import type { Decision } from './reconciliation.decision.ts';
import type { Answer, ReconciliationState } from './reconciliation.state.ts';
import { decideAsSteward } from './steward.decider.ts';

/**
 * Decides on one command to the stream of one reconciliation: the events to append, or a refusal with its code. Pure:
 * time and ids come in with the command.
 */
export function decide(command: ReconciliationCommand, state: ReconciliationState): Decision {
  switch (command.type) {
    case 'record-verdict':
      return recordVerdict(command, state);
    case 'end-reconciliation':
      return endReconciliation(command, state);
    default:
      return answeredBefore(command, state) ?? decideWork(command, state);
  }
}

function decideWork(command: WorkCommand, state: ReconciliationState): Decision {
  switch (command.type) {
    case 'acknowledge-correction':
    case 'refuse-correction':
      return decideAboutCorrection(command, state);
    default:
      return decideAsSteward(command, state);
  }
}

/** The event that a command ends with: tells a retry from another command under the same id. */
const LAST_EVENT: { readonly [C in WorkCommand['type']]: string } = {
  'claim-mismatch': MismatchClaimed.type,
  'release-mismatch': MismatchReleased.type,
  'hand-over-mismatch': MismatchClaimed.type,
  'request-correction': CorrectionRequested.type,
  'acknowledge-correction': CorrectionAcknowledged.type,
  'refuse-correction': CorrectionRefused.type,
  'withdraw-correction': CorrectionWithdrawn.type,
  'settle-mismatch': MismatchSettled.type,
  'reopen-mismatch': MismatchReopened.type,
};

function answeredBefore(command: WorkCommand, state: ReconciliationState): Decision | undefined {
  const answer = state.answers.find(({ commandId }) => commandId === command.commandId);
  if (answer === undefined) return undefined;
  return isAnswerTo(command, answer)
    ? { ok: true, events: [], repeated: answer }
    : { ok: false, code: 'command-id-reused', commandId: command.commandId };
}

function isAnswerTo(command: WorkCommand, answer: Answer): boolean {
  if (answer.event !== LAST_EVENT[command.type] || answer.actor !== command.actor) return false;
  switch (command.type) {
    case 'claim-mismatch':
      return answer.holder === command.actor;
    case 'hand-over-mismatch':
      return answer.holder === command.to;
    case 'acknowledge-correction':
    case 'refuse-correction':
    case 'withdraw-correction':
    case 'request-correction':
      return answer.requestId === command.requestId;
    default:
      return true;
  }
}
