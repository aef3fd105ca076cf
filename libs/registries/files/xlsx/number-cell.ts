import type { Cell } from '../table.ts';
import type { NumberStyle } from './styles.ts';

const DAY_SECONDS = 86_400;
/** Days from 30 December 1899, the day before Excel's first, to 1 January 1970. */
const DAYS_TO_1970 = 25_569;
const DAYS_1900_TO_1904 = 1_462;
/** Excel believes in 29 February 1900: the days before it count one less. */
const FALSE_LEAP_DAY = 60;
const LAST_DAY = 2_958_466;

/** A number as its cell shows it. */
export function numberCell(text: string, style: NumberStyle, date1904: boolean): Cell {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (style.kind === 'date') return dateCell(value, style.precision, date1904) ?? plainNumber(text, value);
  const plain = plainNumber(text, value);
  return style.kind === 'padded' && /^[0-9]+$/.test(plain) ? plain.padStart(style.digits, '0') : plain;
}

/** Whole numbers without exponent or point: `1.080012345E10` is a code that a cell made a number of. */
const plainNumber = (text: string, value: number): string =>
  Number.isSafeInteger(value) ? value.toFixed(0) : /^-?[0-9.]+$/.test(text) ? text : String(value);

function dateCell(value: number, precision: 'year' | 'month' | 'day', date1904: boolean): Cell | undefined {
  const days = date1904 ? value + DAYS_1900_TO_1904 : value < FALSE_LEAP_DAY ? value + 1 : value;
  if (days < 1 || days >= LAST_DAY) return undefined;
  const seconds = Math.round((days - DAYS_TO_1970) * DAY_SECONDS);
  const iso = new Date(seconds * 1000).toISOString();
  const date = iso.slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);
  const time = iso.slice(11, 19);
  return time === '00:00:00' ? { kind: 'date', date } : { kind: 'date', date, time };
}
