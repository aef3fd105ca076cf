/** A moment to any precision: whole seconds since 1970 and the digits after the point, without trailing zeros. */
export interface Moment {
  readonly seconds: number;
  readonly fraction: string;
}

const RFC_3339 =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,40}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const EPOCH_DAYS = 719_468;
const ERA_DAYS = 146_097;

/** Reads an RFC 3339 moment; undefined when it is none, or one that the calendar has not. A leap second is the next minute's first. */
export function parseMoment(text: string): Moment | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  const number = (part: number): number => Number(parts[part] ?? 0);
  const days = daysSince1970(number(1), number(2), number(3));
  if (days === undefined) return undefined;
  const hour = number(4);
  const minute = number(5);
  const second = number(6);
  if (hour > 23 || minute > 59 || second > 60 || number(9) > 23 || number(10) > 59) return undefined;
  const offset = (number(9) * 60 + number(10)) * (parts[8] === '-' ? -60 : 60);
  const seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset;
  return { seconds, fraction: parts[7]?.replace(/0+$/, '') ?? '' };
}

/** Days since 1970 by the Gregorian calendar, in plain arithmetic; undefined for a day that it has not. */
function daysSince1970(year: number, month: number, day: number): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : MONTH_DAYS[month - 1];
  if (last === undefined || day < 1 || day > last) return undefined;
  // Years that begin in March, so that the leap day is their last one.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_DAYS;
}

/** Negative when `a` is earlier, 0 for the same moment. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

/** Milliseconds since 1970; what is finer is cut. */
export const momentMilliseconds = ({ seconds, fraction }: Moment): number =>
  seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
