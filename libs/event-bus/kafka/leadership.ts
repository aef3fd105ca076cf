import { createClient, type KafkaLog } from './client.ts';
import type { KafkaConnection } from './connection.settings.ts';
import { topicName } from './names.ts';
import type { KafkaEventBusSettings } from './settings.ts';
import { WatchedConsumer } from './watched-consumer.ts';

export interface LeadershipOptions {
  readonly connection: KafkaConnection;
  /** What is led: the name of a topic of one partition, into which nothing is written. */
  readonly topic: string;
  readonly settings: KafkaEventBusSettings;
  readonly log: KafkaLog;
  /** This process leads from now on, until the signal is aborted. It may then still finish what it has in hand. */
  readonly lead: (lost: AbortSignal) => Promise<void>;
}

export interface Leadership {
  readonly leading: boolean;
  /** Rejects when leading has failed: nobody leads until another process does. */
  readonly finished: Promise<void>;
  /** Gives it up, and waits until what was led has ended. */
  close(): Promise<void>;
}

/**
 * Stands for the one place that several processes compete for: whoever is given the only partition of a topic by Kafka leads. The
 * former leader may not have heard yet that it is one no more: what it does must be harmless.
 */
export function competeToLead({ connection, topic, settings, log, lead }: LeadershipOptions): Leadership {
  const failed = Promise.withResolvers<undefined>();
  failed.promise.catch(() => undefined);
  let term: { readonly lost: AbortController; readonly ended: Promise<void> } | undefined;

  const begin = (): void => {
    const former = term;
    if (former !== undefined && !former.lost.signal.aborted) return;
    const lost = new AbortController();
    const ended = (former?.ended ?? Promise.resolve())
      .then(() => (lost.signal.aborted ? undefined : lead(lost.signal)))
      .catch((error: unknown) => failed.reject(error));
    term = { lost, ended };
  };
  const giveUp = (): void => term?.lost.abort();

  const name = topicName(connection, topic);
  const consumer = new WatchedConsumer({
    kafka: createClient(connection, log),
    topic: name,
    groupId: name,
    settings,
    log,
    consumer: { rebalanceTimeout: settings.rebalanceTimeoutMs },
    onBatch: () => Promise.resolve(),
    onJoin: (partitions) => (partitions.length > 0 ? begin() : giveUp()),
    onLoss: giveUp,
  });
  void consumer.start();
  return {
    get leading() {
      return term !== undefined && !term.lost.signal.aborted;
    },
    finished: failed.promise,
    async close() {
      giveUp();
      // The place is given free when nothing is in hand any more.
      await term?.ended;
      await consumer.close();
    },
  };
}
