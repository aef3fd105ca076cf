export { compareMoments, momentMilliseconds, parseMoment } from './moment.ts';
export type { Moment } from './moment.ts';
export { normaliseRecord, REJECTION_FIELD } from './normalise-record.ts';
export type { Normalised } from './normalise-record.ts';
export { describeReason, reason, REASONS, WHOLE_ROW } from './reasons.ts';
export type { ReasonCode } from './reasons.ts';
export { shapeOf } from './shape.ts';
export { UnknownFieldCounter } from './unknown-fields.ts';
