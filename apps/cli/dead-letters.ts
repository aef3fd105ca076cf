import { setTimeout } from 'node:timers/promises';
import { hubProjections } from '#apps/hub';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import type { DeadLetter } from '#libs/event-bus/port';
import { openViewReader, ViewNotReadyError, type RepairOutcome } from '#libs/projections';
import { toTimestamp } from '#libs/platform';
import { changingData, readingData, type ChangedData, type ReadData } from './data.ts';
import { CommandError } from './failure.ts';

/** Something that a handler gave up on: a message of a group, or an event that a view could not fold. As the API shows it. */
export interface DeadItem {
  /** A group of the bus, or `view.` and the name of a view. */
  readonly handler: string;
  /** Of the message, or `stream@version`. */
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly firstFailedAt: string | null;
  readonly lastFailedAt: string | null;
  /** How many wait behind it. */
  readonly waiting: number;
  readonly data: unknown;
}

/** What came of a retry or a setting aside. */
export interface DeadLetterAnswer {
  readonly handled: boolean;
  /** Why it failed again. */
  readonly reason?: string;
}

const MOST_PER_VIEW = 10_000;
const VIEW_PREFIX = 'view.';

/** Every dead letter there is: of the bus, then of the views. */
export const listDeadItems = (dataDir: string): Promise<readonly DeadItem[]> =>
  readingData(dataDir, async (data) => [...(await messagesOf(data)), ...eventsOf(data)]);

async function messagesOf({ store }: ReadData): Promise<readonly DeadItem[]> {
  return (await EventStoreDeadLetterStore.open(store)).letters().map(({ message, group, topic: _, ...failure }) => ({
    handler: group,
    id: message.id,
    key: message.key,
    type: message.type,
    ...failure,
    data: message.data,
  }));
}

function eventsOf({ directory }: ReadData): readonly DeadItem[] {
  return hubProjections().flatMap((projection) => {
    const reader = openViewReader(directory.views, projection);
    try {
      const letters = reader.deadLetters(MOST_PER_VIEW);
      return letters
        .filter(({ state }) => state === 'failed')
        .map(({ stream, streamVersion, position, type, reason, attempts, firstFailedAt, lastFailedAt }) => ({
          handler: `${VIEW_PREFIX}${projection.name}`,
          id: `${stream}@${streamVersion}`,
          key: stream,
          type,
          reason,
          attempts,
          firstFailedAt: firstFailedAt === null ? null : toTimestamp(firstFailedAt),
          lastFailedAt: lastFailedAt === null ? null : toTimestamp(lastFailedAt),
          waiting: letters.filter((one) => one.stream === stream && one.state === 'waiting').length,
          data: { stream, streamVersion, position },
        }));
    } catch (error) {
      // A running hub builds it just now.
      if (error instanceof ViewNotReadyError) return [];
      throw error;
    } finally {
      reader.close();
    }
  });
}

/** The one dead letter with that id. Throws `CommandError` when there is none, or several handlers have one. */
export async function getDeadItem(dataDir: string, id: string, handler: string | undefined): Promise<DeadItem> {
  const found = (await listDeadItems(dataDir)).filter(
    (item) => item.id === id && (handler === undefined || item.handler === handler),
  );
  const [item, ...others] = found;
  if (item === undefined) {
    throw new CommandError('dead-letter-not-found', 'There is no such dead letter: khop dead-letters list names them.');
  }
  if (others.length === 0) return item;
  throw new CommandError(
    'dead-letter-ambiguous',
    `Several handlers gave up on it: name one with --handler (${found.map((one) => one.handler).join(', ')}).`,
  );
}

export const retryDeadItem = (dataDir: string, item: DeadItem): Promise<DeadLetterAnswer> =>
  changingData(dataDir, {
    here: (data) => retryHere(data, item),
    throughHub: async (hub) => answerOf(await hub.post(addressOf(item, 'retry'), {})),
  });

export const setDeadItemAside = (dataDir: string, item: DeadItem, reason: string): Promise<DeadLetterAnswer> =>
  changingData(dataDir, {
    here: (data) => setAsideHere(data, item, reason),
    throughHub: async (hub) => answerOf(await hub.post(addressOf(item, 'set-aside'), { reason })),
  });

const addressOf = ({ handler, id }: DeadItem, step: string): string =>
  `/api/v1/dead-letters/${encodeURIComponent(handler)}/${encodeURIComponent(id)}/${step}`;

function answerOf(answer: unknown): DeadLetterAnswer {
  const { handled, reason } = (answer ?? {}) as Partial<DeadLetterAnswer>;
  return { handled: handled === true, ...(typeof reason === 'string' && { reason }) };
}

const viewOf = ({ handler }: DeadItem): string | undefined =>
  handler.startsWith(VIEW_PREFIX) ? handler.slice(VIEW_PREFIX.length) : undefined;

/** The one group whose handler runs where no hub does. */
const HANDLED_HERE = 'reconciler';

async function retryHere({ engine }: ChangedData, item: DeadItem): Promise<DeadLetterAnswer> {
  const view = viewOf(item);
  if (view !== undefined) {
    return repaired(await engine.viewing.ask('retry-dead-letters', { view, stream: item.key }));
  }
  if (item.handler !== HANDLED_HERE) {
    throw new CommandError(
      'handler-not-running',
      `The handler ${item.handler} runs in a hub only: start the hub, and retry while it runs.`,
    );
  }
  await engine.linking.ask('retry-dead-letter', { messageId: item.id, group: item.handler });
  return outcomeOfRetry(engine, item);
}

const POLL_MILLISECONDS = 50;
/** Longer than all tries of a message with their pauses take. */
const MOST_POLLS = 600;

/** A retried message is a dead letter until it has been handled, and one that failed again has another time of failure. */
async function outcomeOfRetry({ linking }: ChangedData['engine'], item: DeadItem): Promise<DeadLetterAnswer> {
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const letters = (await linking.ask('dead-letters')) as readonly DeadLetter[];
    const now = letters.find(({ message, group }) => message.id === item.id && group === item.handler);
    if (now === undefined) return { handled: true };
    if (now.lastFailedAt !== item.lastFailedAt) return { handled: false, reason: now.reason };
    await setTimeout(POLL_MILLISECONDS);
  }
  return { handled: false, reason: 'It is still being tried.' };
}

async function setAsideHere({ engine }: ChangedData, item: DeadItem, reason: string): Promise<DeadLetterAnswer> {
  const view = viewOf(item);
  if (view === undefined) {
    await engine.linking.ask('set-aside-dead-letter', { messageId: item.id, group: item.handler, reason });
    return { handled: true };
  }
  const streamVersion = Number(item.id.slice(item.id.lastIndexOf('@') + 1));
  await engine.viewing.ask('set-aside-dead-letter', { view, stream: item.key, streamVersion, reason });
  return { handled: true };
}

function repaired(outcome: unknown): DeadLetterAnswer {
  const { reason } = outcome as RepairOutcome;
  return { handled: reason === undefined, ...(reason !== undefined && { reason }) };
}
