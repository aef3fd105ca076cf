import type { StreamKey } from '../shared/index.ts';

/** Where an item stands. `PENDING`: judged, and not yet flagged; it is in no list and no count. */
export const PENDING = -1;
export const OPEN = 0;
export const WAITING = 1;
export const SETTLED = 2;
export const CLEARED = 3;
export type Stage = typeof PENDING | typeof OPEN | typeof WAITING | typeof SETTLED | typeof CLEARED;

export const isDone = (stage: number): boolean => stage >= SETTLED;

export interface ItemCorrection {
  readonly requestId: string;
  readonly registry: string;
  readonly state: 'requested' | 'acknowledged' | 'refused' | 'withdrawn' | 'fulfilled' | 'lapsed';
  /** RFC 3339 in UTC. */
  readonly requestedAt: string;
}

/** An item while a batch is folded. */
export interface Item {
  /** Position of the verdict that made it an item. */
  readonly id: number;
  readonly stream: StreamKey;
  grp: number;
  kind: number;
  ward: number;
  openedAt: number | null;
  closedAt: number | null;
  decision: string | null;
  cleared: boolean;
  /** The check matches now: what was to be corrected has been. */
  matched: boolean;
  holder: string | null;
  leaseUntil: number | null;
  corrections: readonly ItemCorrection[];
  verdictId: string;
  leftKey: StreamKey;
  leftVersion: number;
  rightType: number | null;
  rightKey: StreamKey | null;
  rightVersion: number | null;
  recordKey: string;
  name: string;
  /** What it is found by; undefined while that has not changed. */
  words: string | undefined;
  streamVersion: number;
  position: number;
  /** There is a row of it. */
  stored: boolean;
  /** Its record, person or pair is gone. */
  ended: boolean;
}

export const isOpenCorrection = ({ state }: ItemCorrection): boolean =>
  state === 'requested' || state === 'acknowledged';

export function stageOf(item: Item): Stage {
  if (item.openedAt !== null) return item.corrections.some(isOpenCorrection) ? WAITING : OPEN;
  if (item.closedAt === null) return PENDING;
  return item.cleared ? CLEARED : SETTLED;
}

/** The time that an item is sorted and filtered by. */
export const timeAt = (item: Item): number => item.openedAt ?? item.closedAt ?? 0;
