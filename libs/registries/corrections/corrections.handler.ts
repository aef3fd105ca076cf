import type { Delivery, Handler, Outcome } from '#libs/event-bus/port';
import { derivedId } from '#libs/platform';
import {
  SourceProtocolError,
  SourceRefusedError,
  SourceUnavailableError,
  type CorrectionOrder,
  type CorrectionState,
  type SourceClient,
} from '../source/index.ts';
import { UnreadableRequestError } from './correction-order.ts';
import type { CorrectionMessage } from './corrections.reaction.ts';
import type { OpenRequests } from './open-requests.ts';

/** What a registry says of a correction request. `acknowledged`: it has received it. */
export type CorrectionAnswer =
  | { readonly kind: 'acknowledged'; readonly requestId: string; readonly commandId: string }
  | { readonly kind: 'refused'; readonly requestId: string; readonly commandId: string; readonly reason: string };

/**
 * Writes an answer to the reconciliation. Resolves when it is written, or when the reconciliation has no use for it (the
 * request was withdrawn, say); rejects when it should be tried again.
 */
export type AnswerCorrection = (reconciliation: string, answer: CorrectionAnswer) => Promise<unknown>;

export interface HandlerDeps {
  readonly client: Pick<SourceClient, 'requestCorrection'>;
  readonly requests: Pick<OpenRequests, 'find'>;
  readonly orderOf: (event: CorrectionMessage) => Promise<CorrectionOrder>;
  readonly answerCorrection: AnswerCorrection;
  readonly signal: AbortSignal;
}

/**
 * Sends correction requests to the source and writes back that it has them. A source that can't be reached is tried again by the
 * bus; one that won't take the request, and a request that can't be read, become dead letters.
 */
export function createCorrectionHandler(deps: HandlerDeps): Handler<CorrectionMessage> {
  return (batch) => Promise.all(batch.map((delivery) => handle(deps, delivery)));
}

async function handle(deps: HandlerDeps, { message }: Delivery<CorrectionMessage>): Promise<Outcome> {
  if (deps.requests.find(message.id) === undefined) return { kind: 'done' };
  try {
    const order = await deps.orderOf(message.data);
    const answer = answerTo(await deps.client.requestCorrection(order, deps.signal));
    await deps.answerCorrection(message.data.stream, answer);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof SourceRefusedError || error instanceof UnreadableRequestError) {
      return { kind: 'dead-letter', reason: error.message };
    }
    return { kind: 'retry', reason: retryReason(error) };
  }
}

/** Messages of errors that are not ours might repeat a value; their names don't. */
function retryReason(error: unknown): string {
  if (error instanceof SourceUnavailableError || error instanceof SourceProtocolError) return error.message;
  return error instanceof Error ? error.name : 'unknown error';
}

/** The answer for what a source says of a request. Its command has an id of its own, so that it is given once. */
export function answerTo({ requestId, state, reason }: CorrectionState): CorrectionAnswer {
  return state === 'refused'
    ? { kind: 'refused', requestId, commandId: derivedId('correction-refused', requestId), reason: reason ?? '—' }
    : { kind: 'acknowledged', requestId, commandId: derivedId('correction-acknowledged', requestId) };
}
