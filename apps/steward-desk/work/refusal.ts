import { ProblemError, type ProblemMembers } from '../http/problem.ts';
import type { CommandRefused } from '../commands/index.ts';

const CONFLICT = 409;

/** The problem that a refused command is answered with: its code, and what a client needs to go on. */
export function problemOfRefusal(refused: CommandRefused): ProblemError {
  const [status, detail, members = {}, code = refused.code] = answerTo(refused);
  return new ProblemError({ status, code, detail, members, ...(status === 503 && { retryAfterSeconds: 1 }) });
}

type RefusalAnswer = readonly [status: number, detail: string, members?: ProblemMembers, code?: string];

function answerTo(refused: CommandRefused): RefusalAnswer {
  switch (refused.code) {
    case 'held-by-another': {
      const { holder, leaseUntil } = refused;
      return [CONFLICT, 'Someone else holds this item.', { holder, leaseUntil }];
    }
    case 'verdict-changed': {
      const { verdictId, outcome } = refused;
      return [CONFLICT, 'There is another verdict than the one that was seen.', { verdictId, outcome }];
    }
    case 'nothing-open':
      return [CONFLICT, 'The item is not open in the queue.', { phase: refused.phase }];
    case 'nothing-settled':
      return [CONFLICT, 'There is no settlement to take back.', { phase: refused.phase }];
    case 'not-claimed':
      return [CONFLICT, 'Nobody holds this item.'];
    case 'reason-missing':
      return [400, 'A reason is needed.'];
    case 'no-counterpart':
      return [CONFLICT, 'There is no counterpart that could be corrected.'];
    case 'correction-already-open':
      return [CONFLICT, 'A correction of this record has been requested already.', { requestId: refused.requestId }];
    case 'correction-unknown':
      return [404, 'There is no such correction request.', { requestId: refused.requestId }];
    case 'correction-closed':
      return [CONFLICT, 'The correction request is closed.', { requestId: refused.requestId, state: refused.state }];
    case 'command-id-reused':
      return [CONFLICT, 'The id has been used for another command.', { commandId: refused.commandId }];
    case 'fields-of-several-registries':
      return [
        422,
        'One request goes to one registry: ask each for its own fields.',
        { registries: refused.registries },
      ];
    case 'fields-unknown':
      return [422, 'A field is none that this check compares, nor one of its records.', { places: refused.places }];
    case 'no-such-reconciliation':
      return [404, 'There is no such reconciliation.', {}, 'reconciliation-not-found'];
    case 'contended':
      return [503, 'Others kept changing the same item: send the same again.', {}, 'command-contended'];
    case 'too-large':
      return [413, 'The command is larger than the log takes.', { limitBytes: refused.limitBytes }, 'body-too-large'];
    default:
      return refused satisfies never;
  }
}
