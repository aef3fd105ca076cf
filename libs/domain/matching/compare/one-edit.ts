/**
 * Whether two texts are one edit apart: one letter put in, left out or replaced, or two neighbours swapped (optimal string
 * alignment distance 1). Equal texts are not.
 */
export function oneEditApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left.charCodeAt(start) === right.charCodeAt(start)) start++;
  let endLeft = left.length;
  let endRight = right.length;
  while (endLeft > start && endRight > start && left.charCodeAt(endLeft - 1) === right.charCodeAt(endRight - 1)) {
    endLeft--;
    endRight--;
  }
  const restLeft = endLeft - start;
  const restRight = endRight - start;
  if (restLeft <= 1 && restRight <= 1) return restLeft + restRight > 0;
  return (
    restLeft === 2 &&
    restRight === 2 &&
    left.charCodeAt(start) === right.charCodeAt(start + 1) &&
    left.charCodeAt(start + 1) === right.charCodeAt(start)
  );
}
