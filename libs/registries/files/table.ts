import type { ReasonCode } from '../validation/index.ts';

/** A cell that is a date, to be written as its column wants it. */
export interface DateCell {
  readonly kind: 'date';
  /** `YYYY-MM-DD`, or as much of it as the cell shows. */
  readonly date: string;
  /** `HH:MM:SS`, unless the cell is midnight. */
  readonly time?: string;
}

/** A cell with an error in place of a value, such as `#N/A`. */
export interface ErrorCell {
  readonly kind: 'error';
}

/** Empty text for an empty cell. */
export type Cell = string | DateCell | ErrorCell;

/** A row of a table, whatever file it comes from; the first one is the header. */
export type TableRow =
  | { readonly line: number; readonly cells: readonly Cell[] }
  /** A row that can't be read: of its text only the beginning. */
  | { readonly line: number; readonly text: string; readonly code: ReasonCode; readonly shape: string };

export const isBlankRow = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => typeof cell === 'string' && cell.trim() === '');
