/** The time in milliseconds since 1970. Whoever needs the time is given a clock; only the wiring knows the real one. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** RFC 3339 in UTC, as events carry it. */
export const toTimestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();
