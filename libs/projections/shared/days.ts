/** Việt Nam has one time zone and no summer time: a day of work begins and ends there, wherever the hub runs. */
const UTC_OFFSET_MILLISECONDS = 7 * 3_600_000;
const DAY_MILLISECONDS = 86_400_000;
const HOUR_LENGTH = 'YYYY-MM-DDTHH'.length;

/** A day in Việt Nam, counted from 1 January 1970. */
export type Day = number;

export const dayOfTime = (milliseconds: number): Day =>
  Math.floor((milliseconds + UTC_OFFSET_MILLISECONDS) / DAY_MILLISECONDS);

let lastHour = '';
let lastDay: Day = 0;

/** The day of an RFC 3339 time in UTC. Events that stand together are mostly of one hour. */
export function dayOf(timestamp: string): Day {
  const hour = timestamp.slice(0, HOUR_LENGTH);
  if (hour !== lastHour) {
    lastDay = dayOfTime(timeOf(timestamp));
    lastHour = hour;
  }
  return lastDay;
}

/** Milliseconds since 1970. Throws for a text that is no time. */
export function timeOf(timestamp: string): number {
  const time = Date.parse(timestamp);
  if (Number.isNaN(time)) throw new RangeError('an event has a time that is none');
  return time;
}

/** `YYYY-MM-DD`. */
export const dayText = (day: Day): string => new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);

/** The day that `YYYY-MM-DD` names. Throws for anything else. */
export function parseDay(text: string): Day {
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new RangeError('a day is written YYYY-MM-DD');
  return time / DAY_MILLISECONDS;
}

/** The first moment of a day, in milliseconds since 1970. */
export const startOfDay = (day: Day): number => day * DAY_MILLISECONDS - UTC_OFFSET_MILLISECONDS;
