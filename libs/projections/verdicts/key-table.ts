import type { StreamKey } from '../shared/index.ts';

const FIRST_SLOTS = 1 << 14;
const WORDS = 4;
/** Fuller than this, a table is doubled. */
const MAX_LOAD = 0.6;

/**
 * Values by the 16 bytes of a stream's hash, in a few flat arrays: a million take some 40 MB, a tenth of what a `Map` of
 * texts would. The hash is as good as random, so that its first word is the slot.
 */
export interface KeyTable {
  readonly size: number;
  /** Value: a whole number from 0 up. Returns false when the key was there; its value is replaced. */
  set(key: StreamKey, value: number): boolean;
  get(key: StreamKey): number | undefined;
}

export function openKeyTable(): KeyTable {
  let slots = FIRST_SLOTS;
  let keys = new Uint32Array(slots * WORDS);
  /** One more than the value; 0 for an empty slot. */
  let values = new Uint32Array(slots);
  let size = 0;
  /** Streams without a hash in their name. */
  const named = new Map<string, number>();
  const word = new Uint32Array(WORDS);

  /** The slot of the key in `word`, or the empty one where it belongs. */
  function slotOf(): number {
    let slot = (word[0] ?? 0) & (slots - 1);
    while (values[slot] !== 0 && !isAt(slot)) slot = (slot + 1) & (slots - 1);
    return slot;
  }

  function isAt(slot: number): boolean {
    for (let index = 0; index < WORDS; index += 1) if (keys[slot * WORDS + index] !== word[index]) return false;
    return true;
  }

  function readKey(key: Uint8Array): void {
    for (let index = 0; index < WORDS; index += 1) {
      const at = index * 4;
      word[index] =
        (key[at] ?? 0) | ((key[at + 1] ?? 0) << 8) | ((key[at + 2] ?? 0) << 16) | ((key[at + 3] ?? 0) << 24);
    }
  }

  function grow(): void {
    const [formerKeys, formerValues] = [keys, values];
    slots *= 2;
    keys = new Uint32Array(slots * WORDS);
    values = new Uint32Array(slots);
    for (let former = 0; former < formerValues.length; former += 1) {
      const value = formerValues[former] ?? 0;
      if (value === 0) continue;
      word.set(formerKeys.subarray(former * WORDS, former * WORDS + WORDS));
      put(slotOf(), value);
    }
  }

  function put(slot: number, value: number): void {
    keys.set(word, slot * WORDS);
    values[slot] = value;
  }

  return {
    get size() {
      return size + named.size;
    },
    set(key, value) {
      if (typeof key === 'string') {
        const isNew = !named.has(key);
        named.set(key, value);
        return isNew;
      }
      if (size >= slots * MAX_LOAD) grow();
      readKey(key);
      const slot = slotOf();
      const isNew = values[slot] === 0;
      if (isNew) size += 1;
      put(slot, value + 1);
      return isNew;
    },
    get(key) {
      if (typeof key === 'string') return named.get(key);
      readKey(key);
      const value = values[slotOf()] ?? 0;
      return value === 0 ? undefined : value - 1;
    },
  };
}
