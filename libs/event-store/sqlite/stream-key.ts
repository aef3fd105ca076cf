/**
 * A 48-bit hash of a stream's name, by which it is looked up: small in the index and exact as a JavaScript number. Two
 * names may share one, so whoever looks up compares the names. Part of the log's format.
 */
export function streamKey(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) + low;
  }
  low = mix(low ^ (high >>> 15));
  high = mix(high ^ (low >>> 13));
  return (high >>> 16) * 0x1_0000_0000 + (low >>> 0);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
