export type { ItemCorrection } from './item.ts';
export { dayOfFilter } from './masks.ts';
export { openQueue, type Queue } from './open-queue.ts';
export { queueProjection } from './queue.projection.ts';
export * from './queue.query.ts';
