import { RECONCILER_GROUP } from '#contracts/work';
import { setTimeout } from 'node:timers/promises';
import { allProjections } from '#libs/viewing';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import type { DeadLetter } from '#libs/event-bus/port';
import { openViewReader, ViewNotReadyError, type RepairOutcome } from '#libs/projections';
import { toTimestamp } from '#libs/platform';
import { changingData, readingData, readingLog, type ChangedData, type ReadData } from './data.ts';
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

type Source = Pick<ReadData, 'directory' | 'store'>;

/** Every dead letter there is: of the bus, then of the views. */
export const listDeadItems = (dataDir: string): Promise<readonly DeadItem[]> => readingData(dataDir, readDeadItems);

const readDeadItems = async (source: Source): Promise<readonly DeadItem[]> => [
  ...(await messagesOf(source)),
  ...eventsOf(source),
];

async function messagesOf({ store }: Source): Promise<readonly DeadItem[]> {
  return (await EventStoreDeadLetterStore.open(store)).letters().map(({ message, group, topic: _, ...failure }) => ({
    handler: group,
    id: message.id,
    key: message.key,
    type: message.type,
    ...failure,
    data: message.data,
  }));
}

function eventsOf({ directory }: Source): readonly DeadItem[] {
  return allProjections().flatMap((projection) => {
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

/** Which dead letter is meant. */
export interface DeadItemName {
  readonly id: string;
  /** Needed only where several handlers gave up on the same. */
  readonly handler?: string | undefined;
}

/** Throws `CommandError` when there is none of that name, or several. */
export const getDeadItem = (dataDir: string, name: DeadItemName): Promise<DeadItem> =>
  readingData(dataDir, (data) => find(data, name));

async function find(source: Source, { id, handler }: DeadItemName): Promise<DeadItem> {
  const found = (await readDeadItems(source)).filter(
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

/** Hands a dead letter to its handler again. */
export const retryDeadItem = (dataDir: string, name: DeadItemName): Promise<DeadLetterAnswer> =>
  changingItem(dataDir, name, 'retry', {}, retryHere);

/** Leaves a dead letter for good. */
export const setDeadItemAside = (dataDir: string, name: DeadItemName, reason: string): Promise<DeadLetterAnswer> =>
  changingItem(dataDir, name, 'set-aside', { reason }, (data, item) => setAsideHere(data, item, reason));

function changingItem(
  dataDir: string,
  name: DeadItemName,
  step: 'retry' | 'set-aside',
  body: object,
  here: (data: ChangedData, item: DeadItem) => Promise<DeadLetterAnswer>,
): Promise<DeadLetterAnswer> {
  return changingData(dataDir, {
    here: async (data) => here(data, await find({ directory: data.directory, store: data.owned.store }, name)),
    throughHub: async (hub) => {
      const item = await readingLog(dataDir, (data) => find(data, name));
      return answerOf(await hub.post(addressOf(item, step), body));
    },
  });
}

const addressOf = ({ handler, id }: DeadItem, step: string): string =>
  `/api/v1/dead-letters/${encodeURIComponent(handler)}/${encodeURIComponent(id)}/${step}`;

function answerOf(answer: unknown): DeadLetterAnswer {
  const { handled, reason } = (answer ?? {}) as Partial<DeadLetterAnswer>;
  return { handled: handled === true, ...(typeof reason === 'string' && { reason }) };
}

const viewOf = ({ handler }: DeadItem): string | undefined =>
  handler.startsWith(VIEW_PREFIX) ? handler.slice(VIEW_PREFIX.length) : undefined;

/** The one group whose handler runs where no hub does. */
const HANDLED_HERE = RECONCILER_GROUP;

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
