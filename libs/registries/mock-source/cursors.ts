const WIDTH = 12;

/** A cursor of a feed: ordered as text like the numbers it stands for. */
export const toCursor = (sequence: number): string => String(sequence).padStart(WIDTH, '0');

/** The number a cursor stands for, 0 without one; undefined for a text that is no cursor of ours. */
export function fromCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return 0;
  return cursor.length === WIDTH && /^[0-9]+$/.test(cursor) ? Number(cursor) : undefined;
}
