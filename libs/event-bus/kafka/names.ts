import type { GroupOptions } from '#libs/event-bus/port';
import type { KafkaConnection } from './connection.settings.ts';

type Prefixed = Pick<KafkaConnection, 'prefix'>;

export const DEAD_LETTER_TOPIC = 'khop.dead-letters.v1';

export const topicName = ({ prefix }: Prefixed, topic: string): string => `${prefix}${topic}`;

/**
 * The consumer group in which Kafka shares out a topic to a group. One for each topic: members of one consumer group that
 * subscribe to different topics are given each other's partitions by kafkajs.
 */
export const groupIdOf = ({ prefix }: Prefixed, { topic, group }: GroupOptions): string => `${prefix}${group}.${topic}`;

export const deadLetterTopic = (connection: Prefixed): string => topicName(connection, DEAD_LETTER_TOPIC);
