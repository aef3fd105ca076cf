export { Epochs } from './epochs.ts';
export type { GroupContext, Progress } from './group-context.ts';
export { Group } from './group.ts';
export { DEFAULT_DELIVERY_SETTINGS, DELIVERY_SETTINGS, type DeliverySettings } from './settings.ts';
export { Signal } from './signal.ts';
export { systemTimer, type Timer } from './timers.ts';
