import type { EventStoreReader, LogPoint, Position } from '#libs/event-store/port';
import { START } from '#libs/event-store/port';
import type { EventBus, Message } from '#libs/event-bus/port';
import { REQUEST_EVENTS, type OpenRequests } from './open-requests.ts';

/** What a message on the topic of correction requests says: which event to look at, nothing of its content. */
export interface CorrectionMessage {
  readonly stream: string;
  readonly version: number;
}

/** The topic on which the correction requests for one registry are handed to its adapter. */
export const correctionTopic = (registry: string): string => `khop.corrections.${registry}.v1`;

export const CORRECTION_MESSAGE = 'khop.correction-request.v1';

export interface ReactionDeps {
  readonly reader: EventStoreReader;
  readonly bus: Pick<EventBus, 'publish'>;
  readonly requests: OpenRequests;
  readonly onCaughtUp: () => void;
}

const MESSAGES_PER_PUBLISH = 200;

/**
 * Follows the log and hands every open correction request of the registry to its adapter, once in a run of the process.
 * Nothing is handed out before the log has been caught up with: what was answered in the meantime is not asked again. After a
 * crash a request may be handed out again; the source knows it by its id. Ends when the signal is aborted or the log is closed.
 */
export async function followCorrectionRequests(
  { reader, bus, requests, onCaughtUp }: ReactionDeps,
  registry: string,
  signal: AbortSignal,
): Promise<void> {
  let handedOut = 0;
  let live = false;

  async function handOut(): Promise<void> {
    for (;;) {
      const batch = requests.unsent(handedOut, MESSAGES_PER_PUBLISH);
      const last = batch.at(-1);
      if (last === undefined) return;
      const messages = batch.map(({ requestId, event, traceparent }): Message<CorrectionMessage> => ({
        id: requestId,
        key: requestId,
        type: CORRECTION_MESSAGE,
        data: event,
        ...(traceparent !== undefined && { headers: { traceparent } }),
      }));
      await bus.publish(correctionTopic(registry), messages);
      handedOut = last.order;
    }
  }

  const after = await fittingPosition(reader, requests);
  for await (const item of reader.subscribe({ after, filter: { types: REQUEST_EVENTS }, signal })) {
    if (item.kind === 'events') requests.fold(item.page.events, await pointAt(reader, item.page.position));
    live ||= item.kind === 'caught-up';
    if (!live) continue;
    onCaughtUp();
    await handOut();
  }
}

/** Where to go on: behind the checkpoint when it is of this very log, otherwise from the beginning with everything forgotten. */
async function fittingPosition(reader: EventStoreReader, requests: OpenRequests): Promise<Position> {
  const checkpoint = requests.checkpoint();
  if (checkpoint === undefined) return START;
  const there = await reader.pointAt(checkpoint.position);
  if (there?.logId === checkpoint.logId && there.hash === checkpoint.hash) return checkpoint.position;
  requests.clear();
  return START;
}

async function pointAt(reader: EventStoreReader, position: Position): Promise<LogPoint> {
  const point = await reader.pointAt(position);
  if (point === undefined) throw new Error('The log has no such position as its own page says');
  return point;
}
