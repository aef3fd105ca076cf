import { parsed, refused, type Parsed } from './parsed.ts';

const ISO = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
const DAY_FIRST = /^(?:([0-9]{2})\/)?([0-9]{2})\/([0-9]{4})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a date that may be partial: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `DD/MM/YYYY` or `MM/YYYY`, spaces around it allowed.
 * The value is in the ISO form. Refused: `EMPTY`, `FORM`, `IMPOSSIBLE_DATE` (30 February, month 13, year 0).
 */
export function parsePartialDate(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return refused('EMPTY');
  const iso = ISO.exec(trimmed);
  if (iso !== null) return calendarDate(iso[1], iso[2], iso[3]);
  const dayFirst = DAY_FIRST.exec(trimmed);
  if (dayFirst !== null) return calendarDate(dayFirst[3], dayFirst[2], dayFirst[1]);
  return refused('FORM');
}

function calendarDate(year = '', month?: string, day?: string): Parsed<string> {
  if (year === '0000') return refused('IMPOSSIBLE_DATE');
  if (month === undefined) return parsed(year);
  const days = daysIn(Number(year), Number(month));
  if (days === undefined) return refused('IMPOSSIBLE_DATE');
  if (day === undefined) return parsed(`${year}-${month}`);
  const number = Number(day);
  return number >= 1 && number <= days ? parsed(`${year}-${month}-${day}`) : refused('IMPOSSIBLE_DATE');
}

function daysIn(year: number, month: number): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : MONTH_DAYS[month - 1];
}
