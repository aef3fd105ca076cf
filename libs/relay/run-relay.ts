import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka, Message as KafkaRecord, TopicMessages } from 'kafkajs';
import { createClient, topicName, toRecord, type KafkaConnection, type KafkaLog } from '#libs/event-bus/kafka';
import { START, type EventStoreReader, type LogPoint, type Page, type Position } from '#libs/event-store/port';
import { RelayFencedError, RelayPositionNotInLogError } from './errors.ts';
import { lookupIn, RELAYED_TYPES, toPublicEvent } from './public-events.ts';
import { DEFAULT_RELAY_SETTINGS, type RelaySettings } from './settings.ts';
import { Transactions } from './transactions.ts';

export interface RelayOptions {
  readonly store: EventStoreReader;
  readonly connection: KafkaConnection;
  readonly settings?: Partial<RelaySettings>;
  readonly log?: KafkaLog;
  readonly signal: AbortSignal;
  readonly onStatus?: (status: RelayStatus) => void;
}

export interface RelayStatus {
  /** Everything in the log up to here has been published; undefined until it is known. */
  readonly position: Position | undefined;
  /** How many public events this relay has published. */
  readonly published: number;
  /** Nothing more is to be published at the moment. */
  readonly caughtUp: boolean;
  /** When the newest event that was published happened, by the log's clock: the delay is what has passed since. */
  readonly newestRecordedAt: string | undefined;
  /** Milliseconds since 1970 from which on the brokers could not be reached; null when all is well. */
  readonly awaySince: number | null;
}

const SOURCE = '/khop/relay';

/**
 * Follows the log and tells others what concerns them, each event once for those who read committed, whatever crashes. Goes on
 * trying while the brokers are away. Ends when the signal is aborted or the log is closed. Rejects with `RelayFencedError` when
 * another relay takes over, and with `RelayPositionNotInLogError`.
 */
export async function runRelay(options: RelayOptions): Promise<void> {
  const { connection, signal, log = () => undefined, onStatus = () => undefined } = options;
  const settings = { ...DEFAULT_RELAY_SETTINGS, ...options.settings };
  const kafka = createClient(connection, log);
  let status: RelayStatus = {
    position: undefined,
    published: 0,
    caughtUp: false,
    newestRecordedAt: undefined,
    awaySince: null,
  };
  const tell = (change: Partial<RelayStatus>): void => onStatus((status = { ...status, ...change }));

  for (let failures = 0; !signal.aborted;) {
    try {
      await relay({ ...options, settings, kafka }, (page, published, newestRecordedAt) => {
        failures = 0;
        tell({
          position: page.position,
          published: status.published + published,
          caughtUp: page.end,
          awaySince: null,
          ...(newestRecordedAt !== undefined && { newestRecordedAt }),
        });
      });
      return;
    } catch (error) {
      if (error instanceof RelayFencedError || error instanceof RelayPositionNotInLogError) throw error;
      const name = error instanceof Error ? error.name : 'unknown error';
      log('warn', 'the relay begins again', { error: name });
      tell({ awaySince: status.awaySince ?? Date.now(), caughtUp: false });
      const pause = Math.min(settings.maxRestartMs, settings.initialRestartMs * 2 ** failures);
      failures += 1;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface Running extends RelayOptions {
  readonly settings: RelaySettings;
  readonly kafka: Kafka;
}

type OnPage = (page: Page, published: number, newestRecordedAt: string | undefined) => void;

/** From taking over until something fails. */
async function relay({ store, connection, settings, kafka, signal }: Running, onPage: OnPage): Promise<void> {
  const { logId } = await pointAt(store);
  const { transactions, point } = await Transactions.open({ kafka, connection, settings, logId });
  try {
    let written = point === undefined ? START : await checked(store, point);
    const lookup = lookupIn(store);
    const limit = settings.eventsPerTransaction;
    const pages = store.subscribe({ after: written, filter: { types: RELAYED_TYPES }, limit, signal });
    for await (const item of pages) {
      if (item.kind === 'caught-up') {
        onPage({ events: [], position: item.position, end: true }, 0, undefined);
        continue;
      }
      const { page } = item;
      const topics = new Map<string, KafkaRecord[]>();
      for (const event of page.events) {
        const told = await toPublicEvent(event, lookup);
        if (told === undefined) continue;
        const topic = topicName(connection, told.topic);
        const record = toRecord(
          {
            id: `${event.stream}@${event.streamVersion}`,
            key: event.stream,
            type: told.type,
            data: told.data,
            ...(event.traceparent !== undefined && { headers: { traceparent: event.traceparent } }),
          },
          { source: SOURCE, time: event.occurredAt, subject: event.stream },
        );
        const records = topics.get(topic);
        if (records === undefined) topics.set(topic, [record]);
        else records.push(record);
      }
      if (topics.size > 0 || page.position - written >= settings.positionEveryEvents) {
        const messages = [...topics].map(([topic, records]): TopicMessages => ({ topic, messages: records }));
        await transactions.publish(messages, await pointAt(store, page.position));
        written = page.position;
      }
      onPage(page, page.events.length, page.events.at(-1)?.recordedAt);
    }
  } finally {
    await transactions.close();
  }
}

/** The position, if the log has it with this very hash. */
async function checked(store: EventStoreReader, point: LogPoint): Promise<Position> {
  const there = await store.pointAt(point.position);
  if (there?.logId === point.logId && there.hash === point.hash) return point.position;
  throw new RelayPositionNotInLogError(
    `Events up to position ${point.position} were published, and the log has another position there or none: it is not the log that they came from`,
  );
}

async function pointAt(store: EventStoreReader, position?: Position): Promise<LogPoint> {
  const point = await store.pointAt(position);
  if (point === undefined) throw new Error('The log has no such position as its own page says');
  return point;
}
