const FIRST_BYTES = 1 << 20;

/** Very many short texts, one behind the other in one buffer. */
export interface TextStore {
  /** Keeps a text; returns the number that it is found by. */
  add(text: string): number;
  get(number: number): string;
}

export function openTextStore(): TextStore {
  let bytes = Buffer.alloc(FIRST_BYTES);
  let used = 0;
  let starts = new Uint32Array(FIRST_BYTES >> 4);
  let count = 0;

  return {
    add(text) {
      const length = Buffer.byteLength(text);
      if (used + length > bytes.length) {
        const larger = Buffer.alloc(Math.max(bytes.length * 2, used + length));
        bytes.copy(larger, 0, 0, used);
        bytes = larger;
      }
      if (count + 1 >= starts.length) {
        const more = new Uint32Array(starts.length * 2);
        more.set(starts);
        starts = more;
      }
      bytes.write(text, used);
      used += length;
      count += 1;
      starts[count] = used;
      return count - 1;
    },
    get: (number) => bytes.toString('utf8', starts[number], starts[number + 1]),
  };
}
