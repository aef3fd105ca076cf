import type { Registry } from '#contracts/records';

/** The topic on which the hub tells everyone of verdicts and of what became of mismatches, keyed by reconciliation. */
export const PUBLIC_EVENTS_TOPIC = 'khop.public-events.v1';

/** The topic on which a registry is asked for corrections, keyed by reconciliation. */
export const correctionRequestsTopic = (registry: Registry): string => `khop.correction-requests.${registry}.v1`;
