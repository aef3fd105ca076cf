import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type KafkaConnection } from '#libs/event-bus/kafka';

/** None of the brokers answers. */
export class KafkaAwayError extends Error {
  override readonly name = 'KafkaAwayError';
  readonly code = 'kafka-not-reachable';
}

/** For whoever has someone waiting in front of a screen. */
const HASTY = { retries: 1, initialRetryTime: 300 };
const PATIENCE_MILLISECONDS = 8_000;
const LEAVE_MILLISECONDS = 500;

/** Rejects with `KafkaAwayError`, whose message says what to do, when no Kafka answers. */
export async function assertKafkaAnswers(
  connection: KafkaConnection,
  patienceMilliseconds = PATIENCE_MILLISECONDS,
): Promise<void> {
  const admin = createClient(connection, () => undefined, HASTY).admin();
  const answered = admin.connect().then(() => admin.listTopics());
  answered.catch(() => undefined);
  const late = new AbortController();
  try {
    // A broker that hangs takes connections and says nothing.
    const tooLate = sleep(patienceMilliseconds, undefined, { signal: late.signal }).then(() => {
      throw new Error(`nothing within ${patienceMilliseconds} ms`);
    });
    await Promise.race([answered, tooLate]);
  } catch (error) {
    throw new KafkaAwayError(
      `No Kafka answers at ${connection.brokers.join(', ')}. Start one (COMPOSE_PROFILES=infra docker compose up -d gives 127.0.0.1:9094), and name it with KHOP_KAFKA.`,
      { cause: error },
    );
  } finally {
    late.abort();
    await Promise.race([
      admin.disconnect().catch(() => undefined),
      sleep(LEAVE_MILLISECONDS, undefined, { ref: false }),
    ]);
  }
}
