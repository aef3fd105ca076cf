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

/** Goes on trying for as long as its caller wants it to, and comes back soon when the brokers do. */
export const RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 2_000, multiplier: 2, retries: 5 };

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

export function createClient(connection: KafkaConnection, log: KafkaLog): Kafka {
  const config: KafkaConfig = {
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    ssl: connection.tls === false ? false : { ...connection.tls },
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: RETRY,
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

function levelOf({ level }: LogEntry): 'error' | 'warn' | 'info' {
  if (level === logLevel.ERROR) return 'error';
  return level === logLevel.WARN ? 'warn' : 'info';
}

function fieldsOf({ namespace, log }: LogEntry): Record<string, unknown> {
  const { groupId, broker, topic, error } = log as Readonly<Record<string, unknown>>;
  return { namespace, groupId, broker, topic, ...(typeof error === 'string' && { error }) };
}
