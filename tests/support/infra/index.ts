export { isRequired, type Availability } from './availability.ts';
export { freePorts } from './commands.ts';
export { describeWith } from './describe-with.ts';
export {
  findJaeger,
  findJaegerStarter,
  jaegerVersion,
  type JaegerOptions,
  type JaegerServer,
  type OwnJaeger,
} from './jaeger.ts';
export {
  findKafka,
  findKafkaStarter,
  kafkaVersion,
  type KafkaOptions,
  type KafkaServer,
  type OwnKafka,
} from './kafka.ts';
export type { Service } from './service.ts';
