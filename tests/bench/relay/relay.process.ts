import { randomUUID } from 'node:crypto';
import type { Message as KafkaRecord } from 'kafkajs';
import { PUBLIC_EVENTS_TOPIC } from '#contracts/public-events';
import {
  createClient,
  ensureTopics,
  keyPartitioner,
  topicName,
  toRecord,
  type KafkaConnection,
} from '#libs/event-bus/kafka';
import type { EventStore } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { readSettings } from '#libs/platform';
import {
  DEFAULT_RELAY_SETTINGS,
  lookupIn,
  RELAY_TOPIC_SETTINGS,
  relayTopics,
  runRelay,
  toPublicEvent,
} from '#libs/relay';
import { appendVerdicts } from '../../../libs/relay/testing/sample-log.ts';
import { measure } from '../harness/child.ts';
import { processUsage, type ProcessUsage } from '../harness/process-usage.ts';

export interface RelayInput {
  readonly directory: string;
  readonly brokers: readonly string[];
  readonly events: number;
}

export interface RelayResult {
  /** Messages a second. */
  readonly relay: number;
  readonly bare: number;
  readonly usage: ProcessUsage;
}

const ROUNDS = 3;

await measure<RelayInput, RelayResult>(async ({ directory, brokers, events }, step) => {
  const store = await SqliteEventStore.open({ directory });
  await appendVerdicts(store, 0, events);
  const relay: number[] = [];
  const bare: number[] = [];
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    const relayed = events / (await secondsOf((connection) => relayAll(store, connection, events), brokers));
    const records = await recordsOf(store);
    const sent = events / (await secondsOf((connection) => sendAll(records, connection), brokers));
    step(`relay ${Math.round(relayed)}, kafkajs alone ${Math.round(sent)} messages/s`);
    if (round === 0) continue;
    relay.push(relayed);
    bare.push(sent);
  }
  await store.close();
  return { relay: median(relay), bare: median(bare), usage: processUsage() };
});

/** Topics of its own for each run: none begins where another has ended. */
async function secondsOf(
  body: (connection: KafkaConnection) => Promise<void>,
  brokers: readonly string[],
): Promise<number> {
  const prefix = `bench-${randomUUID()}.`;
  const connection: KafkaConnection = { brokers, clientId: 'khop-bench', tls: false, sasl: null, prefix };
  const kafka = createClient(connection, () => undefined);
  const topics = relayTopics(readSettings(RELAY_TOPIC_SETTINGS, {}));
  const named = topics.map((one) => ({ ...one, topic: topicName(connection, one.topic) }));
  await ensureTopics(kafka, named);
  const startedAt = performance.now();
  await body(connection);
  const seconds = (performance.now() - startedAt) / 1000;
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: named.map(({ topic }) => topic) });
  await admin.disconnect();
  return seconds;
}

async function relayAll(store: EventStore, connection: KafkaConnection, events: number): Promise<void> {
  const stop = new AbortController();
  await runRelay({
    store,
    connection,
    signal: stop.signal,
    onStatus: ({ published }) => {
      if (published >= events) stop.abort();
    },
  });
}

async function sendAll(records: readonly KafkaRecord[], connection: KafkaConnection): Promise<void> {
  const kafka = createClient(connection, () => undefined);
  const producer = kafka.producer({ createPartitioner: () => keyPartitioner });
  await producer.connect();
  const topic = topicName(connection, PUBLIC_EVENTS_TOPIC);
  const size = DEFAULT_RELAY_SETTINGS.eventsPerTransaction;
  for (let from = 0; from < records.length; from += size) {
    await producer.send({ topic, messages: records.slice(from, from + size) });
  }
  await producer.disconnect();
}

async function recordsOf(store: EventStore): Promise<readonly KafkaRecord[]> {
  const records: KafkaRecord[] = [];
  const lookup = lookupIn(store);
  for (let after = 0; ;) {
    const page = await store.readAll({ after });
    for (const event of page.events) {
      const told = await toPublicEvent(event, lookup);
      if (told === undefined) continue;
      const { type, data } = told;
      const message = { id: `${event.stream}@${event.streamVersion}`, key: event.stream, type, data };
      const traced =
        event.traceparent === undefined ? message : { ...message, headers: { traceparent: event.traceparent } };
      records.push(toRecord(traced, { source: '/khop/relay', time: event.occurredAt, subject: event.stream }));
    }
    if (page.end) return records;
    after = page.position;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
