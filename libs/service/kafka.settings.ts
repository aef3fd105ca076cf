import { DEAD_LETTER_TOPIC, type TopicDefinition } from '#libs/event-bus/kafka';
import { wholeNumber, type SettingsOf } from '#libs/platform';
import { RECONCILER_GROUP, WORK_TOPIC } from '#contracts/work';

/** Who leads the linkers: a topic of one partition, into which nothing is written. */
export const LINKER_LEADER_TOPIC = 'khop.linker-leader.v1';

/** Who leads the relays, in the same way. */
export const RELAY_LEADER_TOPIC = 'khop.relay-leader.v1';

/** What the services tell of themselves, the newest of each instance. */
export const SERVICES_TOPIC = 'khop.services.v1';

/** Groups whose members are in other processes than those that publish for them. */
export const REMOTE_GROUPS = { [WORK_TOPIC]: [RECONCILER_GROUP] };

/** How the topics between the services are made, where they are not there yet. */
export const TOPIC_SETTINGS = {
  workPartitions: wholeNumber(
    'KHOP_WORK_PARTITIONS',
    'Partitions of the topic of work items: as many reconcilers can share the work',
    6,
    1,
    1_000,
  ),
  topicReplication: wholeNumber('KHOP_TOPIC_REPLICATION', 'Brokers that hold each message', 1, 1, 9),
  workRetentionHours: wholeNumber(
    'KHOP_WORK_RETENTION_HOURS',
    'How long work items are kept: longer than reconcilers may be away',
    168,
    1,
    8_760,
  ),
};

export function serviceTopics({
  workPartitions,
  topicReplication: replication,
  workRetentionHours,
}: SettingsOf<typeof TOPIC_SETTINGS>): readonly TopicDefinition[] {
  return [
    { topic: WORK_TOPIC, partitions: workPartitions, replication, retention: { hours: workRetentionHours } },
    { topic: LINKER_LEADER_TOPIC, partitions: 1, replication, retention: 'compact' },
    { topic: RELAY_LEADER_TOPIC, partitions: 1, replication, retention: 'compact' },
    { topic: SERVICES_TOPIC, partitions: 1, replication, retention: 'compact' },
    { topic: DEAD_LETTER_TOPIC, partitions: 1, replication, retention: 'compact' },
  ];
}
