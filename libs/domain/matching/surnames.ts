/** Share of the population with a surname, folded: how much agreement on it tells. Public counts of surnames, rounded. */
const SHARES: ReadonlyMap<string, number> = new Map([
  ['nguyen', 0.384],
  ['tran', 0.11],
  ['le', 0.095],
  ['pham', 0.071],
  ['huynh', 0.0255],
  ['hoang', 0.0255],
  ['phan', 0.045],
  ['vu', 0.0195],
  ['vo', 0.0195],
  ['dang', 0.021],
  ['bui', 0.02],
  ['do', 0.014],
  ['ho', 0.013],
  ['ngo', 0.013],
  ['duong', 0.01],
  ['ly', 0.005],
  ['li', 0.005],
]);

const RARE = 0.003;

/** Bits of evidence that agreement on a surname gives: 1.4 for Nguyễn, 8.4 for a rare one. */
export function surnameBits(folded: string): number {
  return -Math.log2(SHARES.get(folded) ?? RARE);
}
