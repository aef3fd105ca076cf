import type { Registry, RecordType } from '#contracts/records';
import type { Check, Code, Finding } from '#contracts/verdicts';
import type { DueSettings, Tab } from '#libs/domain/reconciliation';
import type { ItemCorrection } from './item.ts';

/** Ages in days since an item came into the queue (or left it, once it is done): from the lower bound on, below the upper. */
export const AGE_BUCKETS = [
  { name: '0-2', from: 0, below: 3 },
  { name: '3-5', from: 3, below: 6 },
  { name: '6-10', from: 6, below: 11 },
  { name: '11-15', from: 11, below: 16 },
  { name: '16-30', from: 16, below: 31 },
  { name: '31+', from: 31, below: Infinity },
] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number]['name'];

export const SORTS = ['newest', 'oldest', 'due', 'key'] as const;
export type QueueSort = (typeof SORTS)[number];

export const MAX_PAGE_ITEMS = 200;
/** A search by text looks at so many of the latest items that it matches: more than a province's queue should ever hold. */
export const MAX_SEARCHED_ITEMS = 1_000_000;

/** What items must be, each part optional; within a part, any of the values. */
export interface QueueFilter {
  readonly checks?: readonly Check[];
  readonly codes?: readonly Code[];
  readonly registries?: readonly Registry[];
  /** New ward codes; null for unknown. */
  readonly wards?: readonly (string | null)[];
  readonly ages?: readonly AgeBucket[];
  /** First and last day, `YYYY-MM-DD`, of coming into the queue, or of leaving it for what is done. */
  readonly from?: string;
  readonly to?: string;
  /** Who holds it now; null for nobody. */
  readonly holders?: readonly (string | null)[];
  /** Words of a name or key, each from its beginning, without regard to diacritics. */
  readonly text?: string;
}

export interface QueueQuery {
  readonly filter?: QueueFilter;
  /** Without a tab: everything that is not done. */
  readonly tab?: Tab;
  /** Default `newest`. `due` has what is due first, first. */
  readonly sort?: QueueSort;
  /** `next` of the page before. */
  readonly cursor?: string;
  /** At most `MAX_PAGE_ITEMS`; default 50. */
  readonly limit?: number;
  /** Milliseconds since 1970: ages, due dates and leases are computed for this moment. */
  readonly now: number;
  /** Whose tab `mine` is. */
  readonly actor?: string;
  readonly due?: DueSettings;
}

/** An item of the queue as a list shows it. Name and key are personal values. */
export interface QueueEntry {
  /** Hash of the reconciliation: with the check, its stream. */
  readonly reconciliation: string;
  readonly check: Check;
  readonly codes: readonly Code[];
  /** The fields that differ, and how. */
  readonly findings: readonly Finding[];
  readonly registry: Registry;
  readonly record: RecordType;
  /** Hash of the record: with its type, its stream. */
  readonly recordHash: string;
  readonly recordVersion: number;
  readonly recordKey: string;
  readonly name: string;
  readonly counterpart: {
    readonly registry: Registry;
    readonly record: RecordType;
    readonly recordHash: string;
    readonly recordVersion: number;
  } | null;
  readonly ward: string | null;
  readonly state: 'open' | 'waiting-for-agency' | 'settled' | 'cleared';
  /** RFC 3339 in UTC. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** When it has to be done, exclusive; null once it is. */
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly ageDays: number;
  readonly claim: { readonly holder: string; readonly leaseUntil: string } | null;
  readonly corrections: readonly ItemCorrection[];
  readonly decision: string | null;
  readonly verdictId: string;
  /** Version of the reconciliation's stream that this shows. */
  readonly streamVersion: number;
}

export interface FacetValue<Value> {
  readonly value: Value;
  readonly count: number;
}

/** How many items each value has, under every other part of the filter. Values without any are left out. */
export interface QueueFacets {
  readonly check: readonly FacetValue<Check>[];
  readonly code: readonly FacetValue<Code>[];
  readonly registry: readonly FacetValue<Registry>[];
  readonly ward: readonly FacetValue<string | null>[];
  readonly age: readonly FacetValue<AgeBucket>[];
  readonly holder: readonly FacetValue<string | null>[];
}

/** One page: list, counts and facets are of the same moment. */
export interface QueuePage {
  readonly items: readonly QueueEntry[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
  readonly total: number;
  /** A search matched more than it looks at: total and facets count the latest of them. */
  readonly cut: boolean;
  readonly tabs: Readonly<Record<Tab, number>>;
  readonly facets: QueueFacets;
  /** What the page holds of the log. */
  readonly position: number;
}

/** What happened to the queue on one day in Việt Nam. */
export interface QueueDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly flagged: number;
  readonly reopened: number;
  /** The corrected value arrived. */
  readonly cleared: number;
  /** A steward decided. */
  readonly settled: number;
  /** Its record, person or pair was gone. */
  readonly ended: number;
}

/** What days are asked for; without a part of it, all. */
export type QueueDaysFilter = Pick<QueueFilter, 'checks' | 'codes' | 'registries' | 'wards' | 'from' | 'to'>;

/** A query that can't be answered: code `invalid-cursor` (not of this sort, or its item is gone) or `invalid-day`. */
export class QueueQueryError extends Error {
  override readonly name = 'QueueQueryError';
  readonly code: 'invalid-cursor' | 'invalid-day';

  constructor(code: 'invalid-cursor' | 'invalid-day', message: string) {
    super(message);
    this.code = code;
  }
}
