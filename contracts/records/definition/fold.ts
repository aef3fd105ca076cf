const MARKS = /\p{M}+/gu;
const GAPS = /[\s\-‐–—_.,;:/()*'"“”&]+/gu;
const PLAIN = /^[a-z0-9]+$/;

/**
 * A label as it is looked up: without case, doubled spaces and plain punctuation, composed or decomposed and with either place of
 * the tone alike, so that `Hủy  kết hôn`, `HUỶ KẾT HÔN` and its decomposed form are one. For column headers and spellings of codes
 * only: names of people are never compared like this.
 */
export function foldLabel(label: string): string {
  if (PLAIN.test(label)) return label;
  return decomposed(label)
    .split(' ')
    .map((word) => `${word.replace(MARKS, '')}${marksOf(word)}`)
    .join(' ');
}

/** A folded label without its marks, as people type who have no Vietnamese keyboard. */
export const plainLabel = (label: string): string => decomposed(label).replace(MARKS, '').replaceAll('đ', 'd');

const decomposed = (label: string): string =>
  label.normalize('NFD').toLowerCase().replaceAll('ð', 'đ').replace(GAPS, ' ').trim();

const marksOf = (word: string): string =>
  Array.from((word.match(MARKS) ?? []).join(''))
    .sort()
    .join('');

/** Labels and what they stand for. Throws when one label would stand for two things. */
export class LabelTable<T> {
  readonly #marked = new Map<string, T>();
  readonly #plain = new Map<string, T>();

  set(label: string, value: T): void {
    for (const [table, key] of [
      [this.#marked, foldLabel(label)],
      [this.#plain, plainLabel(label)],
    ] as const) {
      const other = table.get(key);
      if (other !== undefined && other !== value) throw new TypeError(`the label "${key}" would stand for two things`);
      table.set(key, value);
    }
  }

  /** What a label stands for. A label with marks must have the right ones; one without any is taken without. */
  get(label: string): T | undefined {
    const folded = foldLabel(label);
    const found = this.#marked.get(folded);
    if (found !== undefined) return found;
    return folded === plainLabel(label) ? this.#plain.get(folded) : undefined;
  }
}
