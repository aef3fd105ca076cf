import { correctionRequestsTopic, PUBLIC_EVENTS_TOPIC } from '#contracts/public-events';
import { REGISTRY_NAMES } from '#contracts/records';
import type { TopicDefinition } from '#libs/event-bus/kafka';
import { readSettings, wholeNumber, type SettingsOf } from '#libs/platform';

/** Where relays write how far they are, a record for each log: compacted, of one partition. */
export const RELAY_POSITIONS_TOPIC = 'khop.relay-positions.v1';

export interface RelaySettings {
  /** At most so many events of the log are published in one transaction. */
  readonly eventsPerTransaction: number;
  /** The brokers end a transaction whose relay says nothing for so long; readers wait for it until then. */
  readonly transactionTimeoutMs: number;
  /** How far it is, is written at least after so many events of which none is public. */
  readonly positionEveryEvents: number;
  /** Pause before it begins again after an error; doubles with each further one. */
  readonly initialRestartMs: number;
  readonly maxRestartMs: number;
  /** So long may it take to read back how far the relay before was. */
  readonly positionTimeoutMs: number;
}

export const DEFAULT_RELAY_SETTINGS: RelaySettings = {
  eventsPerTransaction: 2_000,
  transactionTimeoutMs: 10_000,
  positionEveryEvents: 50_000,
  initialRestartMs: 500,
  maxRestartMs: 10_000,
  positionTimeoutMs: 30_000,
};

const DEFAULTS = DEFAULT_RELAY_SETTINGS;

export const RELAY_SETTINGS = {
  eventsPerTransaction: wholeNumber(
    'KHOP_RELAY_EVENTS_PER_TRANSACTION',
    'Events of the log that are published in one transaction',
    DEFAULTS.eventsPerTransaction,
    1,
    20_000,
  ),
  transactionTimeoutMs: wholeNumber(
    'KHOP_RELAY_TRANSACTION_TIMEOUT_MS',
    'Silence after which the brokers end a relay’s transaction',
    DEFAULTS.transactionTimeoutMs,
    1_000,
    10_000,
  ),
};

/** Reads the relay’s settings from the environment. Throws `SettingsError`. */
export const readRelaySettings = (environment: NodeJS.ProcessEnv): RelaySettings => ({
  ...DEFAULTS,
  ...readSettings(RELAY_SETTINGS, environment),
});

/** How the topics of public events are made, where they are not there yet. */
export const RELAY_TOPIC_SETTINGS = {
  publicPartitions: wholeNumber('KHOP_PUBLIC_PARTITIONS', 'Partitions of the topic of public events', 6, 1, 1_000),
  correctionPartitions: wholeNumber(
    'KHOP_CORRECTION_PARTITIONS',
    'Partitions of each topic of correction requests',
    1,
    1,
    1_000,
  ),
  publicRetentionHours: wholeNumber(
    'KHOP_PUBLIC_RETENTION_HOURS',
    'How long public events and correction requests are kept',
    720,
    1,
    87_600,
  ),
  topicReplication: wholeNumber('KHOP_TOPIC_REPLICATION', 'Brokers that hold each message', 1, 1, 9),
};

/** The topics that a relay writes to; without the prefix that a hub may have. */
export function relayTopics(settings: SettingsOf<typeof RELAY_TOPIC_SETTINGS>): readonly TopicDefinition[] {
  const { topicReplication: replication } = settings;
  const retention = { hours: settings.publicRetentionHours };
  return [
    { topic: PUBLIC_EVENTS_TOPIC, partitions: settings.publicPartitions, replication, retention },
    ...REGISTRY_NAMES.map((registry) => ({
      topic: correctionRequestsTopic(registry),
      partitions: settings.correctionPartitions,
      replication,
      retention,
    })),
    { topic: RELAY_POSITIONS_TOPIC, partitions: 1, replication, retention: 'compact' },
  ];
}
