import type { EventBus } from '#libs/event-bus/port';
import type { ThreadBody } from '#libs/threads';

/** Answers about the dead letters of a thread's bus: they are retried where their handlers are. */
export const deadLetterAnswers = (bus: EventBus): ThreadBody['answers'] => ({
  'dead-letters': () => bus.deadLetters(),
  'retry-dead-letter': ({ messageId, group }: { messageId: string; group: string }) =>
    bus.retryDeadLetter(messageId, group),
  'set-aside-dead-letter': ({ messageId, group, reason }: { messageId: string; group: string; reason: string }) =>
    bus.setAsideDeadLetter(messageId, group, reason),
});
