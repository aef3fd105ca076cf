/** Which units of today a code may stand for. A code that was used again has two readings: the old unit and the new one. */
export interface Successions {
  /** The new units: of a new code itself, of an old one its successors; [] when the code is unknown. */
  newUnitsOf(code: string): readonly string[];
  /** Whether two codes may name the same place: the same code, or in some reading one an old unit and the other its successor. */
  same(left: string, right: string): boolean;
}

const NONE: readonly string[] = [];

/**
 * @param rows of which `from` reads the old code (or '' for none) and `to` the new one, as often as an old unit has successors
 * @param digits how long a code is; a shorter one has lost leading zeros
 */
export function createSuccessions<Row>(
  rows: readonly Row[],
  from: (row: Row) => string,
  to: (row: Row) => string,
  digits: number,
): Successions {
  const successors = new Map<string, string[]>();
  const current = new Map<string, readonly string[]>();
  for (const row of rows) {
    const old = from(row);
    const unit = to(row);
    if (!current.has(unit)) current.set(unit, [unit]);
    if (old === '') continue;
    const units = successors.get(old);
    if (units === undefined) successors.set(old, [unit]);
    else if (!units.includes(unit)) units.push(unit);
  }
  const full = (code: string): string =>
    code.length < digits && /^[0-9]+$/.test(code) ? code.padStart(digits, '0') : code;

  return {
    newUnitsOf(text) {
      const code = full(text);
      const after = successors.get(code);
      const itself = current.get(code);
      if (after === undefined) return itself ?? NONE;
      return itself === undefined || after.includes(code) ? after : [code, ...after];
    },
    same(leftText, rightText) {
      if (leftText === rightText) return true;
      const left = full(leftText);
      const right = full(rightText);
      if (left === right) return true;
      return succeeds(left, right) || succeeds(right, left);
    },
  };

  function succeeds(unit: string, old: string): boolean {
    return successors.get(old)?.includes(unit) === true;
  }
}
