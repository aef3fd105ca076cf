/** The full names, identity numbers and full dates of birth of a data set, to be looked for where they must not stand. */
export interface PersonalValues {
  /** How many there are of each kind. */
  readonly counts: Readonly<Record<'names' | 'numbers' | 'dates', number>>;
  /** Those that stand in a text, however it writes them. */
  foundIn(text: string): readonly string[];
}

const LONGEST_NAME_WORDS = 8;

/** Collects the values of everyone in these records; `exceptDates` are days that others have for a reason of their own. */
export function personalValuesOf(records: Iterable<unknown>, exceptDates: readonly string[] = []): PersonalValues {
  const names = new Set<string>();
  const numbers = new Set<string>();
  const dates = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [field, one] of Object.entries(value)) {
      if (typeof one !== 'string') visit(one);
      else if (field === 'fullName' && one.includes(' ')) names.add(folded(one));
      else if (/^(personalId|documentNumber|value)$/.test(field)) numbers.add(one.replaceAll(/\D/g, ''));
      else if (field === 'dateOfBirth') dates.add(one);
    }
  };
  for (const record of records) visit(record);
  for (const number of numbers) if (!/^(\d{9}|\d{12})$/.test(number)) numbers.delete(number);
  for (const date of dates) if (!/^\d{4}-\d\d-\d\d$/.test(date) || exceptDates.includes(date)) dates.delete(date);

  return {
    counts: { names: names.size, numbers: numbers.size, dates: dates.size },
    foundIn(text) {
      const found = new Set<string>();
      // Within a hash nine digits may stand in a row by chance.
      for (const [digits] of text.matchAll(/(?<![0-9a-f])(\d{9}|\d{12})(?![0-9a-f])/g))
        if (numbers.has(digits)) found.add(digits);
      for (const date of datesIn(text)) if (dates.has(date)) found.add(date);
      const words = folded(text).split(' ');
      for (let first = 0; first < words.length; first += 1) {
        for (let count = 2; count <= LONGEST_NAME_WORDS && first + count <= words.length; count += 1) {
          const name = words.slice(first, first + count).join(' ');
          if (names.has(name)) found.add(name);
        }
      }
      return [...found];
    },
  };
}

/** Days alone: a moment says when a record was changed, which may be on the day of somebody's birth. */
function* datesIn(text: string): Generator<string> {
  for (const [date] of text.matchAll(/(?<!\d)\d{4}-\d\d-\d\d(?![\dT])/g)) yield date;
  for (const [, day, month, year] of text.matchAll(/(?<!\d)(\d\d)\/(\d\d)\/(\d{4})(?!\d)/g))
    yield `${year}-${month}-${day}`;
}

/** Words alone, without marks and case: `%20` and `_` divide words as a space does. */
const folded = (text: string): string =>
  decoded(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/đ/giu, 'd')
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();

const decoded = (text: string): string =>
  text.replaceAll(/(%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return ' ';
    }
  });
