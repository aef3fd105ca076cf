import { DEFAULT_DELIVERY_SETTINGS, DELIVERY_SETTINGS, type DeliverySettings } from '#libs/event-bus/delivery';
import { readSettings, SettingsError, wholeNumber } from '#libs/platform';

export interface KafkaEventBusSettings extends DeliverySettings {
  /** Without a sign of life for so long, the brokers take a member for gone and give its partitions to others. */
  readonly sessionTimeoutMs: number;
  /** A member says so often that it lives, also while its handler works. */
  readonly heartbeatIntervalMs: number;
  /** So long may a member that has to give partitions up finish what it is handling. */
  readonly rebalanceTimeoutMs: number;
  /** A consumer from which nothing was heard for so long, not even a heartbeat, is started anew. */
  readonly watchdogMs: number;
  /** Pause before a consumer that has crashed is started anew; it doubles with each further crash. */
  readonly initialRestartMs: number;
  readonly maxRestartMs: number;
  /** The broker answers a fetch after so long, even when there is nothing new. Closing a consumer takes up to as long. */
  readonly fetchMaxWaitMs: number;
  readonly fetchMaxBytesPerPartition: number;
  /** So many partitions are worked on at once. */
  readonly concurrentPartitions: number;
  /** What is done is committed so often at least: what was not is delivered again after a crash. */
  readonly commitIntervalMs: number;
  /** At most so many messages are sent in one request. */
  readonly maxMessagesPerRequest: number;
  /** While a topic is full, or something is waited for that others do, the brokers are asked so often. */
  readonly pollMs: number;
  /** So long may it take until a change of the dead letters is read back. */
  readonly deadLetterTimeoutMs: number;
  /** How many messages of one key may wait behind a dead letter; more stay in their topic. */
  readonly maxHeldPerKey: number;
  /** Groups that publishers wait for although none of their members is in this process, by topic. */
  readonly remoteGroups: Readonly<Record<string, readonly string[]>>;
}

export const DEFAULT_KAFKA_EVENT_BUS_SETTINGS: KafkaEventBusSettings = {
  ...DEFAULT_DELIVERY_SETTINGS,
  sessionTimeoutMs: 10_000,
  heartbeatIntervalMs: 1_000,
  rebalanceTimeoutMs: 60_000,
  watchdogMs: 60_000,
  initialRestartMs: 500,
  maxRestartMs: 10_000,
  fetchMaxWaitMs: 500,
  fetchMaxBytesPerPartition: 1_048_576,
  concurrentPartitions: 4,
  commitIntervalMs: 200,
  maxMessagesPerRequest: 1_000,
  pollMs: 50,
  deadLetterTimeoutMs: 15_000,
  maxHeldPerKey: 10_000,
  remoteGroups: {},
};

const DEFAULTS = DEFAULT_KAFKA_EVENT_BUS_SETTINGS;
const HOUR_MS = 3_600_000;

/** The settings of the bus that the environment may change. */
export const KAFKA_EVENT_BUS_SETTINGS = {
  ...DELIVERY_SETTINGS,
  sessionTimeoutMs: wholeNumber(
    'KHOP_KAFKA_SESSION_TIMEOUT_MS',
    'Silence after which a consumer is taken for gone',
    DEFAULTS.sessionTimeoutMs,
    6_000,
    300_000,
  ),
  heartbeatIntervalMs: wholeNumber(
    'KHOP_KAFKA_HEARTBEAT_INTERVAL_MS',
    'How often a consumer says that it lives',
    DEFAULTS.heartbeatIntervalMs,
    100,
    100_000,
  ),
  rebalanceTimeoutMs: wholeNumber(
    'KHOP_KAFKA_REBALANCE_TIMEOUT_MS',
    'How long a consumer may finish its work before it gives partitions up',
    DEFAULTS.rebalanceTimeoutMs,
    1_000,
    HOUR_MS,
  ),
  watchdogMs: wholeNumber(
    'KHOP_KAFKA_WATCHDOG_MS',
    'Silence after which a consumer of this process is started anew',
    DEFAULTS.watchdogMs,
    5_000,
    HOUR_MS,
  ),
};

/** Reads the bus’s settings from the environment. Throws `SettingsError` that names every problem at once. */
export function readKafkaEventBusSettings(environment: NodeJS.ProcessEnv): KafkaEventBusSettings {
  const settings = { ...DEFAULTS, ...readSettings(KAFKA_EVENT_BUS_SETTINGS, environment) };
  const problems: string[] = [];
  if (settings.heartbeatIntervalMs * 2 > settings.sessionTimeoutMs) {
    problems.push('KHOP_KAFKA_HEARTBEAT_INTERVAL_MS must be at most half of KHOP_KAFKA_SESSION_TIMEOUT_MS');
  }
  if (settings.watchdogMs <= settings.heartbeatIntervalMs * 2) {
    problems.push('KHOP_KAFKA_WATCHDOG_MS must be more than twice KHOP_KAFKA_HEARTBEAT_INTERVAL_MS');
  }
  if (settings.initialBackoffMs > settings.maxBackoffMs) {
    problems.push('KHOP_BUS_INITIAL_BACKOFF_MS must be at most KHOP_BUS_MAX_BACKOFF_MS');
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}
