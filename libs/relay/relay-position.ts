import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage, Message as KafkaRecord } from 'kafkajs';
import type { LogPoint } from '#libs/event-store/port';

/** How far the relay of a log is, and who it is. Both stand in the compacted topic, the newest counts. */
export interface RelayState {
  readonly point: LogPoint | undefined;
  readonly relay: string | undefined;
}

const keyOf = (kind: 'position' | 'relay', logId: string): string => `${kind}:${logId}`;

/** How far the relay is: written in the transaction of what it has published. */
export const positionRecord = (point: LogPoint): KafkaRecord => ({
  key: keyOf('position', point.logId),
  value: JSON.stringify(point),
});

/** A relay begins: whoever reads this knows that the relays before it have ended. */
export const relayRecord = (logId: string, relay: string): KafkaRecord => ({
  key: keyOf('relay', logId),
  value: JSON.stringify({ relay }),
});

/** A mark of a reader; nothing is left of it when the topic is compacted. */
export const markRecord = (mark: string): KafkaRecord => ({ key: `mark:${mark}`, value: null });

/** The position of a log in a record; undefined when it says something else. */
export function positionOf(record: KafkaMessage, logId: string): LogPoint | undefined {
  return record.key?.toString() === keyOf('position', logId) && record.value !== null
    ? (JSON.parse(record.value.toString()) as LogPoint)
    : undefined;
}

export interface ReadStateOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  /** Stands before the name of the group that only this reading is in. */
  readonly prefix: string;
  readonly logId: string;
  /** The value of the record up to which is read: the caller has written it before. */
  readonly upTo: KafkaRecord;
  readonly timeoutMs: number;
}

/** Reads what is committed, up to a record that the caller has written. */
export async function readState(options: ReadStateOptions): Promise<RelayState> {
  const { kafka, topic, prefix, logId, upTo, timeoutMs } = options;
  const groupId = `${prefix}relay-positions.${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, sessionTimeout: 10_000 });
  let point: LogPoint | undefined;
  let relay: string | undefined;
  let timeout: NodeJS.Timeout | undefined;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      timeout = setTimeout(() => reject(new Error(`Positions were not read in ${timeoutMs} ms`)), timeoutMs);
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage = async ({ message }: { readonly message: KafkaMessage }): Promise<void> => {
        const key = message.key?.toString();
        const value = message.value?.toString() ?? null;
        point = positionOf(message, logId) ?? point;
        if (key === keyOf('relay', logId) && value !== null)
          ({ relay } = JSON.parse(value) as { readonly relay: string });
        if (key === upTo.key && value === upTo.value) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
  } finally {
    clearTimeout(timeout);
    await consumer.disconnect().catch(() => undefined);
  }
  return { point, relay };
}
