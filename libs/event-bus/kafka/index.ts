export { createClient, keyPartitioner, RETRY, type KafkaLog } from './client.ts';
export { headerText, toMessage, toRecord, UNREADABLE, type CloudEventContext } from './cloud-event.ts';
export {
  KAFKA_CONNECTION_SETTINGS,
  readKafkaConnection,
  type KafkaConnection,
  type KafkaSasl,
  type KafkaTls,
} from './connection.settings.ts';
export {
  createKafkaEventBus,
  KafkaEventBus,
  type KafkaBusStatus,
  type KafkaEventBusOptions,
  type KafkaGroupStatus,
} from './kafka.event-bus.ts';
export { DEAD_LETTER_TOPIC, topicName } from './names.ts';
export {
  DEFAULT_KAFKA_EVENT_BUS_SETTINGS,
  KAFKA_EVENT_BUS_SETTINGS,
  readKafkaEventBusSettings,
  type KafkaEventBusSettings,
} from './settings.ts';
export {
  describeDifference,
  ensureTopics,
  type EnsuredTopics,
  type TopicDefinition,
  type TopicDifference,
} from './topics.ts';
export { competeToLead, type Leadership, type LeadershipOptions } from './leadership.ts';
export { SharedMap, type SharedMapOptions } from './shared-map.ts';
