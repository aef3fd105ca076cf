/** The text without diacritics and with a plain `d`: "Đặng Thị Thúy" becomes "Dang Thi Thuy". */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/** How many letters differ from what they are without marks. */
export function countMarkedLetters(text: string): number {
  const composed = text.normalize('NFC');
  const plain = withoutMarks(text);
  let count = 0;
  for (let place = 0; place < composed.length; place += 1) if (composed[place] !== plain[place]) count += 1;
  return count;
}

/**
 * Whether two texts are so far apart that no tolerant comparison could take them for one: at least `least` edits (letters put
 * in, left out, replaced, neighbours swapped) without regard to case and marks.
 */
export function differClearly(left: string, right: string, least = 3): boolean {
  return editDistance(withoutMarks(left).toLowerCase(), withoutMarks(right).toLowerCase()) >= least;
}

/** Optimal string alignment distance. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, place) => place);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min(at(last, j) + 1, at(current, j - 1) + 1, at(last, j - 1) + same);
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, at(beforeLast, j - 2) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? 0;
}
