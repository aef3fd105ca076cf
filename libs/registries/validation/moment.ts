/** A moment to any precision: whole seconds since 1970 and the digits after the point, without trailing zeros. */
export interface Moment {
  readonly seconds: number;
  readonly fraction: string;
}

const RFC_3339 =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,40}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;

/** Reads an RFC 3339 moment; undefined when it is none, or one that the calendar has not. A leap second is the next minute's first. */
export function parseMoment(text: string): Moment | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) => Number(parts[part]));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  const offsetHours = Number(parts[9] ?? 0);
  const offsetMinutes = Number(parts[10] ?? 0);
  if (hour > 23 || minute > 59 || second > 60 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second);
  const offset = (offsetHours * 60 + offsetMinutes) * 60 * (parts[8] === '-' ? -1 : 1);
  return { seconds: date.getTime() / 1000 - offset, fraction: (parts[7] ?? '').replace(/0+$/, '') };
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
