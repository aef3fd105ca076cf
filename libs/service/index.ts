export { createLogger, type Logger } from './logging.ts';
export {
  isReady,
  serveHealth,
  worstOf,
  type HealthServer,
  type Overall,
  type PartHealth,
  type ServiceHealth,
} from './health.ts';
export { runService, type ServiceContext, type StartedService } from './run-service.ts';
export { SERVICE_SETTINGS } from './service.settings.ts';
export { assertKafkaAnswers, KafkaAwayError } from './kafka-answers.ts';
export { openKafka, type KafkaAccess } from './kafka.ts';
export { LINKER_LEADER_TOPIC, RELAY_LEADER_TOPIC, SERVICES_TOPIC, TOPIC_SETTINGS } from './kafka.settings.ts';
export { watchLog, type Follower, type FollowerLag, type LogWatch } from './log-watch.ts';
export { fileSizes } from './file-sizes.ts';
export { openServiceLog, openStore, type ServiceLog } from './log.ts';
export { alive, announce, openServicesMap, type Announcement, type ServicesMap } from './announcing.ts';
