import type { Delivery, Handler, Outcome } from '#libs/event-bus/port';
import { derivedId } from '#libs/platform';
import { traceparentIn, tracing, type TracedSpan, type Traceparent } from '#libs/telemetry';
import {
  DEFAULT_BACKOFF,
  persist,
  SourceProtocolError,
  SourceRefusedError,
  SourceUnavailableError,
  type BackoffSettings,
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
export type AnswerCorrection = (
  reconciliation: string,
  answer: CorrectionAnswer,
  traceparent?: Traceparent,
) => Promise<unknown>;

export interface SendingSettings {
  /** Tries before a delivery goes back to the bus, which delivers it again and gives up in the end. */
  readonly attempts: number;
  readonly backoff: BackoffSettings;
  /** Requests under way to one source at a time. */
  readonly concurrency: number;
}

/** About a minute and a half for each delivery. */
export const DEFAULT_SENDING: SendingSettings = { attempts: 10, backoff: DEFAULT_BACKOFF, concurrency: 8 };

export interface HandlerDeps {
  readonly client: Pick<SourceClient, 'requestCorrection'>;
  readonly requests: Pick<OpenRequests, 'find'>;
  readonly orderOf: (event: CorrectionMessage) => Promise<CorrectionOrder>;
  readonly answerCorrection: AnswerCorrection;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Sends correction requests to the source and writes back that it has them. A source that can't be reached is tried again, here and
 * then by the bus; one that won't take the request, and a request that can't be read, become dead letters.
 */
export function createCorrectionHandler(deps: HandlerDeps, settings: SendingSettings): Handler<CorrectionMessage> {
  return async (batch) => {
    const outcomes: Outcome[] = [];
    const waiting = batch.entries();
    const worker = async (): Promise<void> => {
      for (const [index, delivery] of waiting) outcomes[index] = await traced(deps, settings, delivery);
    };
    await Promise.all(Array.from({ length: settings.concurrency }, worker));
    return outcomes;
  };
}

async function traced(
  deps: HandlerDeps,
  settings: SendingSettings,
  delivery: Delivery<CorrectionMessage>,
): Promise<Outcome> {
  const { message } = delivery;
  const span = tracing().start(`process ${message.type}`, {
    parent: traceparentIn(message.headers?.['traceparent']),
    kind: 'consumer',
    attributes: {
      'messaging.operation.type': 'process',
      'messaging.message.id': message.id,
      'khop.stream': message.data.stream,
    },
  });
  const outcome = await handle(deps, settings, delivery, span);
  span.set({ 'khop.handling': outcome.kind });
  span.end();
  return outcome;
}

async function handle(
  deps: HandlerDeps,
  { attempts, backoff }: SendingSettings,
  { message }: Delivery<CorrectionMessage>,
  span: TracedSpan,
): Promise<Outcome> {
  const { client, requests, orderOf, answerCorrection, random, signal } = deps;
  const send = async (): Promise<Outcome> => {
    // It may have been withdrawn, or have cleared itself, since it was handed out or last tried.
    if (requests.find(message.id) === undefined) return { kind: 'done' };
    const order = await orderOf(message.data);
    const answer = answerTo(await client.requestCorrection(order, signal, span.traceparent));
    await answerCorrection(message.data.stream, answer, span.traceparent);
    return { kind: 'done' };
  };
  try {
    return await persist(send, {
      signal,
      backoff,
      random,
      onFailure(error, failures) {
        if (isFinal(error) || failures >= attempts) throw error;
      },
    });
  } catch (error) {
    if (!signal.aborted) span.fail(error);
    return { kind: isFinal(error) ? 'dead-letter' : 'retry', reason: reasonOf(error) };
  }
}

const isFinal = (error: unknown): error is SourceRefusedError | UnreadableRequestError =>
  error instanceof SourceRefusedError || error instanceof UnreadableRequestError;

/** Messages of errors that are not ours might repeat a value; their names don't. */
function reasonOf(error: unknown): string {
  if (isFinal(error)) return error.message;
  if (error instanceof SourceUnavailableError || error instanceof SourceProtocolError) return error.message;
  return error instanceof Error ? error.name : 'unknown error';
}

/** The answer for what a source says of a request. Its command has an id of its own, so that it is given once. */
export function answerTo({ requestId, state, reason }: CorrectionState): CorrectionAnswer {
  return state === 'refused'
    ? { kind: 'refused', requestId, commandId: derivedId('correction-refused', requestId), reason: reason ?? '—' }
    : { kind: 'acknowledged', requestId, commandId: derivedId('correction-acknowledged', requestId) };
}
