export * from './work-item.schema.ts';

/** The topic on which the linker hands out what is to be judged, keyed by reconciliation. */
export const WORK_TOPIC = 'khop.work-items.v1';

/** The group that shares the work items out among its members. */
export const RECONCILER_GROUP = 'reconciler';
