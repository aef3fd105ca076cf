/** Days of a month; February has 28, so that no generated date depends on leap years. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month (1 to 12) in a year without leap day. */
export function daysOf(month: number): number {
  return DAYS[month - 1] ?? 28;
}

/** `YYYY-MM-DD`. */
export function dateOf(year: number, month: number, day: number): string {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** Day and month swapped; undefined where that gives no other date. */
export function swapDayAndMonth(date: string): string | undefined {
  const month = date.slice(5, 7);
  const day = date.slice(8, 10);
  return Number(day) <= 12 && day !== month ? `${date.slice(0, 4)}-${day}-${month}` : undefined;
}

/** Another day of another month of the same year, which is not the swapped date. */
export function otherDayOfYear(date: string): string {
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const otherMonth = (month % 12) + 1;
  const otherDay = (day % 28) + 1;
  return dateOf(yearOf(date), otherMonth, otherDay === month ? (otherDay % 28) + 1 : otherDay);
}

/** The same day some years earlier. */
export function yearsEarlier(date: string, years: number): string {
  return `${yearOf(date) - years}${date.slice(4)}`;
}
