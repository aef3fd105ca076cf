import {
  Kafka,
  logLevel,
  type ICustomPartitioner,
  type KafkaConfig,
  type LogEntry,
  type Producer,
  type RetryOptions,
  type SASLOptions,
} from 'kafkajs';
import type { KafkaConnection, KafkaSasl } from './connection.settings.ts';
import { partitionOf } from './partitioner.ts';

/** Told of what happens between this process and the brokers; texts name topics, groups and brokers, never contents. */
export type KafkaLog = (
  level: 'error' | 'warn' | 'info',
  text: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** For a few seconds; comes back soon when the brokers do. */
export const RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 2_000, multiplier: 2, retries: 5 };
/**
 * For some three minutes: as long as a consumer retries it is the same member, and goes on at once when the brokers are back. A new
 * member has to wait until the session of the former one has ended.
 */
export const PATIENT_RETRY: RetryOptions = { ...RETRY, retries: 100 };

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

let isQuiet = false;

/** kafkajs sets a timer into the past whenever it has nothing to wait for, and Node would warn of it at each start. */
function ignoreTimersIntoThePast(): void {
  if (isQuiet) return;
  isQuiet = true;
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'TimeoutNegativeWarning') return;
    for (const listener of listeners) listener(warning);
  });
}

export function createClient(connection: KafkaConnection, log: KafkaLog, retry = RETRY): Kafka {
  ignoreTimersIntoThePast();
  const config: KafkaConfig = {
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    ssl: connection.tls === false ? false : { ...connection.tls },
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      if (!entry.log.message.startsWith(ABOUT_SEND_RETRIES)) log(levelOf(entry), entry.log.message, fieldsOf(entry));
    },
  };
  return new Kafka(connection.sasl === null ? config : { ...config, sasl: saslOf(connection.sasl) });
}

function saslOf({ mechanism, username, password }: KafkaSasl): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
    default:
      return mechanism satisfies never;
  }
}

/** Some ten seconds: whoever sends begins again with the very same messages, which the brokers recognise. */
const SEND_RETRIES = 8;
const ABOUT_SEND_RETRIES = 'Limiting retries for the idempotent producer';

/** A producer whose messages are written once, in order, however often a request has to be repeated. */
export function createIdempotentProducer(kafka: Kafka): Producer {
  return kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: () => keyPartitioner,
    retry: { ...RETRY, retries: SEND_RETRIES },
  });
}

export const keyPartitioner: ReturnType<ICustomPartitioner> = ({ message, partitionMetadata }) =>
  message.partition ?? partitionOf(message.key?.toString() ?? '', partitionMetadata.length);

/** Each failed connection is told by kafkajs as an error, many a second: what comes of it is told by whoever needed it. */
const CHATTY = ['Connection', 'BrokerPool'];

function levelOf({ level, namespace }: LogEntry): 'error' | 'warn' | 'info' {
  if (CHATTY.includes(namespace)) return 'info';
  if (level === logLevel.ERROR) return 'error';
  return level === logLevel.WARN ? 'warn' : 'info';
}

function fieldsOf({ namespace, log }: LogEntry): Record<string, unknown> {
  const { groupId, broker, topic, error } = log as Readonly<Record<string, unknown>>;
  return { namespace, groupId, broker, topic, ...(typeof error === 'string' && { error }) };
}
