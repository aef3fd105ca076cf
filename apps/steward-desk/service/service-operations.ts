import type { KafkaEventBus } from '#libs/event-bus/kafka';
import type { RepairOutcome, ViewStatus } from '#libs/projections';
import { alive, type ServicesMap } from '#libs/service';
import type { Thread } from '#libs/threads';
import type { DeskOperations } from '../desk-deps.ts';

/** No linker has told anything lately. */
class NoActiveLinkerError extends Error {
  override readonly name = 'NoActiveLinkerError';
  readonly code = 'no-active-linker';
}

export interface ServiceOperationsDeps {
  readonly bus: KafkaEventBus;
  readonly viewing: Thread;
  /** What the services tell of themselves. */
  readonly services: ServicesMap;
}

/** The desk's questions, where linker and reconcilers are processes of their own: put to Kafka, and to the thread of the views. */
export function serviceOperations({ bus, viewing, services }: ServiceOperationsDeps): DeskOperations {
  return {
    linking() {
      const linkers = alive(services, Date.now()).filter(({ service }) => service === 'linker');
      const active = linkers.map(({ parts }) => parts['linker']).find((part) => part?.status === 'ok');
      if (active === undefined) throw new NoActiveLinkerError('No linker is active.');
      return { position: Number(active['position'] ?? 0), caughtUp: active['caughtUp'] === true };
    },
    feeds: () => Promise.resolve([]),
    viewsStatus: () => viewing.ask('status') as Promise<readonly ViewStatus[]>,
    viewsCaughtUpTo: (position, timeoutMilliseconds) =>
      viewing.ask('caught-up-to', { position, timeoutMilliseconds }) as Promise<boolean>,
    deadLetters: () => bus.deadLetters(),
    retryDeadLetter: (messageId, group) => bus.retryDeadLetter(messageId, group),
    setAsideDeadLetter: (messageId, group, reason) => bus.setAsideDeadLetter(messageId, group, reason),
    retryViewDeadLetters: (view, stream) =>
      viewing.ask('retry-dead-letters', { view, stream }) as Promise<RepairOutcome>,
    setAsideViewDeadLetter: (view, event, reason) =>
      viewing.ask('set-aside-dead-letter', { view, ...event, reason }) as Promise<RepairOutcome>,
  };
}
