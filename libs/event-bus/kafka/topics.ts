import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';

/** A topic as it should be. */
export interface TopicDefinition {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  /** How long messages are kept; `compact`: the newest of each key for ever. */
  readonly retention: { readonly hours: number } | 'compact';
}

/** What an admin should know of a topic that exists in another form: it is left as it is. */
export interface TopicDifference {
  readonly topic: string;
  readonly partitions?: { readonly wanted: number; readonly actual: number };
  readonly cleanup?: { readonly wanted: string; readonly actual: string };
}

export interface EnsuredTopics {
  readonly created: readonly string[];
  readonly differences: readonly TopicDifference[];
}

const HOUR_MS = 3_600_000;
/** Compacted topics are small: old values go soon. */
const COMPACT_AFTER_MS = '600000';
const CREATE_TIMEOUT_MS = 15_000;
const READY_POLL_MS = 20;

/**
 * Creates the topics that are missing. What exists is left alone: with other partitions the order per key would be lost
 * while they change, so that is an operator's decision; each difference is told.
 */
export async function ensureTopics(kafka: Kafka, definitions: readonly TopicDefinition[]): Promise<EnsuredTopics> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = definitions.filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0) {
      // False when somebody else has created them meanwhile.
      await admin.createTopics({
        waitForLeaders: false,
        timeout: CREATE_TIMEOUT_MS,
        topics: missing.map((definition) => ({
          topic: definition.topic,
          numPartitions: definition.partitions,
          replicationFactor: definition.replication,
          configEntries: configOf(definition),
        })),
      });
    }
    if (missing.length > 0) await ready(admin, missing);
    const present = definitions.filter(({ topic }) => existing.has(topic));
    if (present.length === 0) return { created: missing.map(({ topic }) => topic), differences: [] };
    const { topics } = await admin.fetchTopicMetadata({ topics: present.map(({ topic }) => topic) });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: present.map(({ topic }) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: ['cleanup.policy'],
      })),
    });
    const differences = present.flatMap((definition): TopicDifference[] => {
      const { topic } = definition;
      const actual = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
      const wanted = definition.retention === 'compact' ? 'compact' : 'delete';
      const cleanup = resources
        .find(({ resourceName }) => resourceName === topic)
        ?.configEntries.find(({ configName }) => configName === 'cleanup.policy')?.configValue;
      const difference: TopicDifference = {
        topic,
        ...(actual !== definition.partitions && { partitions: { wanted: definition.partitions, actual } }),
        ...(cleanup !== undefined && cleanup !== wanted && { cleanup: { wanted, actual: cleanup } }),
      };
      return Object.keys(difference).length > 1 ? [difference] : [];
    });
    return { created: missing.map(({ topic }) => topic), differences };
  } finally {
    await admin.disconnect();
  }
}

/** Waits until every partition has a leader; kafkajs itself gives up when a broker has not heard of a new topic yet. */
async function ready(admin: Admin, definitions: readonly TopicDefinition[]): Promise<void> {
  const names = definitions.map(({ topic }) => topic);
  const deadline = Date.now() + CREATE_TIMEOUT_MS;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: names });
      if (topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`Topics were not ready in ${CREATE_TIMEOUT_MS} ms: ${names.join(', ')}`);
    await sleep(READY_POLL_MS);
  }
}

/** A difference as a sentence for the log of whoever starts. */
export function describeDifference({ topic, partitions, cleanup }: TopicDifference): string {
  const parts = [
    partitions &&
      `has ${partitions.actual} partitions, not the ${partitions.wanted} of the settings: it is used as it is; changing them moves keys to other partitions, so stop what writes to it, let it run empty, then change it`,
    cleanup && `has the cleanup policy ${cleanup.actual}, not ${cleanup.wanted}: what it must keep may be lost`,
  ];
  return `Topic ${topic} ${parts.filter((part) => part !== undefined).join('; it ')}`;
}

function configOf({ retention, replication }: TopicDefinition): { name: string; value: string }[] {
  const safe = { name: 'min.insync.replicas', value: String(replication > 2 ? 2 : 1) };
  if (retention !== 'compact') {
    return [
      safe,
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'retention.ms', value: String(retention.hours * HOUR_MS) },
    ];
  }
  return [
    safe,
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'max.compaction.lag.ms', value: COMPACT_AFTER_MS },
  ];
}
