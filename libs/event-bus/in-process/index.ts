export { InProcessEventBus, type InProcessEventBusOptions } from './in-process.event-bus.ts';
export {
  DEFAULT_SETTINGS as DEFAULT_IN_PROCESS_EVENT_BUS_SETTINGS,
  type InProcessEventBusSettings,
} from './settings.ts';
export { systemTimer, type Timer } from './timers.ts';
