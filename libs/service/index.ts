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
