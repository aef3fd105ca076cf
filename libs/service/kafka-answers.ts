import { createClient, type KafkaConnection } from '#libs/event-bus/kafka';

/** None of the brokers answers. */
export class KafkaAwayError extends Error {
  override readonly name = 'KafkaAwayError';
  readonly code = 'kafka-not-reachable';
}

/** For whoever has someone waiting in front of a screen. */
const HASTY = { retries: 1, initialRetryTime: 300 };

/** Rejects with `KafkaAwayError`, whose message says what to do, when no Kafka answers. */
export async function assertKafkaAnswers(connection: KafkaConnection): Promise<void> {
  const admin = createClient(connection, () => undefined, HASTY).admin();
  try {
    await admin.connect();
    await admin.listTopics();
  } catch (error) {
    throw new KafkaAwayError(
      `No Kafka answers at ${connection.brokers.join(', ')}. Start one (COMPOSE_PROFILES=infra docker compose up -d gives 127.0.0.1:9094), and name it with KHOP_KAFKA.`,
      { cause: error },
    );
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
