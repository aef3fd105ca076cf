export { DEFAULT_KEPT_ROW_BOUNDS } from './keepable-row.ts';
export type { KeptRowBounds } from './keepable-row.ts';
export { listQuarantine } from './list-quarantine.ts';
export type { QuarantinePage, QuarantineQuery } from './list-quarantine.ts';
export { evolveQuarantine, findQuarantined } from './quarantine-item.ts';
export type { QuarantineItem } from './quarantine-item.ts';
export { failResubmission, isQuarantineId, openItem, quarantineRows, resolveQuarantined } from './quarantine-rows.ts';
export type { QuarantineDeps, RejectedRow, RejectingIntake } from './quarantine-rows.ts';
