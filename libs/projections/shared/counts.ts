/** Counts by key, gathered in memory during a batch and written once at its end. */
export interface Counts<Key> {
  add(key: Key, by: number): void;
  /** Hands over each key whose count has changed, and begins anew. */
  drain(write: (key: Key, by: number) => void): void;
}

export function openCounts<Key>(): Counts<Key> {
  const counts = new Map<Key, number>();
  return {
    add(key, by) {
      counts.set(key, (counts.get(key) ?? 0) + by);
    },
    drain(write) {
      for (const [key, by] of counts) if (by !== 0) write(key, by);
      counts.clear();
    },
  };
}
