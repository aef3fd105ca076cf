const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;
const OTHER = '(other)';

export interface UnknownFieldBounds {
  /** Names counted by themselves; further ones are counted together. */
  readonly maxNames: number;
  readonly maxNameLength: number;
}

const DEFAULT_BOUNDS: UnknownFieldBounds = { maxNames: 100, maxNameLength: 60 };

/**
 * Counts fields that are not of the record's format, by name. A name comes from the file: it may be endless, hostile, or, where
 * a header is missing, somebody's number. So names are cut and their number is bounded.
 */
export class UnknownFieldCounter {
  readonly #counts = new Map<string, number>();
  readonly #bounds: UnknownFieldBounds;

  constructor(bounds: UnknownFieldBounds = DEFAULT_BOUNDS) {
    this.#bounds = bounds;
  }

  add(names: readonly string[]): void {
    for (const name of names) {
      const shown = this.#shown(name);
      const key = this.#counts.has(shown) || this.#counts.size < this.#bounds.maxNames ? shown : OTHER;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** For the report to whoever loaded the file. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** For the log: only names that look like a field's, in one word as a name or a date is not; the others are counted together. */
  publicCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [name, count] of this.#counts) {
      const shown = PLAIN_NAME.test(name) && !/[0-9]{5}/.test(name) && !(name in {}) ? name : OTHER;
      counts[shown] = (counts[shown] ?? 0) + count;
    }
    return counts;
  }

  #shown(name: string): string {
    const clean = name.replace(/[^\p{L}\p{M}\p{N}_. -]+/gu, '?').toWellFormed();
    return clean.length > this.#bounds.maxNameLength
      ? `${clean.slice(0, this.#bounds.maxNameLength).toWellFormed()}…`
      : clean || OTHER;
  }
}
