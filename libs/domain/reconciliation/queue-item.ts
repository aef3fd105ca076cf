import { effectiveClaim, isOpenCorrection, type Claim, type ReconciliationState } from './reconciliation.state.ts';

/** Where an item of the queue is shown. The tabs overlap: one's own item may wait for an agency and be overdue. */
export const TABS = ['mine', 'unclaimed', 'waiting-for-agency', 'overdue', 'done'] as const;
export type Tab = (typeof TABS)[number];

/**
 * How long a mismatch may take. Công văn 4856/BCA-TTDLQG (14 September 2026): 10 working days to fix it at the source,
 * 15 if it is complex.
 */
export interface DueSettings {
  readonly workingDaysToFix: number;
}
export const DEFAULT_DUE_SETTINGS: DueSettings = { workingDaysToFix: 10 };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Việt Nam has one time zone and no summer time. */
const HANOI_OFFSET = 7 * 60 * MINUTE;

/**
 * The end of the last working day on which a mismatch is in time: milliseconds since 1970, exclusive. Working days are
 * Monday to Friday in Hà Nội; the day on which it was opened does not count.
 */
export function dueAt(openedAt: number, { workingDaysToFix }: DueSettings = DEFAULT_DUE_SETTINGS): number {
  let day = Math.floor((openedAt + HANOI_OFFSET) / DAY);
  for (let left = workingDaysToFix; left > 0;) {
    day += 1;
    if (isWorkingDay(day)) left -= 1;
  }
  return (day + 1) * DAY - HANOI_OFFSET;
}

/** Days since 1 January 1970, which was a Thursday. */
function isWorkingDay(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** An item of the queue as it stands at a moment: what depends on the time is computed when it is read. */
export interface QueueItem {
  /** Who holds it now; null when nobody does or the lease has run out. */
  readonly claim: Claim | null;
  /** True while a registry has a correction request to do. */
  readonly waitingForAgency: boolean;
  /** Milliseconds since 1970; null when nothing is due. */
  readonly dueAt: number | null;
  readonly overdue: boolean;
  readonly done: boolean;
}

/** Reads a reconciliation as an item of the queue; null when it never was one or its record is gone. */
export function queueItemAt(
  state: ReconciliationState,
  now: number,
  settings: DueSettings = DEFAULT_DUE_SETTINGS,
): QueueItem | null {
  const { openedAt } = state;
  if (openedAt !== null) {
    const due = dueAt(Date.parse(openedAt), settings);
    return {
      claim: effectiveClaim(state, now),
      waitingForAgency: state.corrections.some(isOpenCorrection),
      dueAt: due,
      overdue: now >= due,
      done: false,
    };
  }
  if (state.closedAt === null) return null;
  return { claim: null, waitingForAgency: false, dueAt: null, overdue: false, done: true };
}

/** The tabs that show an item to a person. */
export function tabsFor(item: QueueItem, viewer: string): readonly Tab[] {
  if (item.done) return ['done'];
  const tabs: Tab[] = [];
  if (item.claim?.holder === viewer) tabs.push('mine');
  if (item.waitingForAgency) tabs.push('waiting-for-agency');
  else if (item.claim === null) tabs.push('unclaimed');
  if (item.overdue) tabs.push('overdue');
  return tabs;
}
