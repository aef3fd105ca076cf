import type { Registry } from '#contracts/records';
import type { Check, Code, FieldVerdict } from '#contracts/verdicts';
import type { DueSettings, Tab } from '#libs/domain/reconciliation';
import type { AgeBucket, FacetValue, QueueDay } from '../queue/index.ts';

/** Which part of the province is looked at; within a part, any of the values. */
export interface DashboardFilter {
  readonly checks?: readonly Check[];
  readonly registries?: readonly Registry[];
  /** New ward codes; null for unknown. */
  readonly wards?: readonly (string | null)[];
}

export interface DashboardQuery {
  readonly filter?: DashboardFilter;
  /** First and last day of the trend, `YYYY-MM-DD`; default the last `DEFAULT_TREND_DAYS` days. */
  readonly from?: string;
  readonly to?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly due?: DueSettings;
  /** The plan's day on which nothing is to be open any more, `YYYY-MM-DD`. */
  readonly targetDay?: string;
  /** The forecast goes by so many last days; default `DEFAULT_FORECAST_DAYS`. */
  readonly forecastDays?: number;
}

export const DEFAULT_TREND_DAYS = 30;
export const DEFAULT_FORECAST_DAYS = 14;

/** Current verdicts. */
export interface OutcomeCounts {
  readonly judged: number;
  readonly matched: number;
  readonly mismatched: number;
  readonly notApplicable: number;
  readonly byCode: Readonly<Partial<Record<Code, number>>>;
}

/** A field that is often why a check does not match. */
export interface WrongField {
  readonly check: Check;
  readonly field: string;
  readonly verdict: FieldVerdict;
  readonly mismatches: number;
}

/** One day: what was judged on it, and what happened to the queue. */
export interface DashboardDay extends QueueDay {
  readonly judged: number;
  readonly matched: number;
  readonly mismatched: number;
}

/** When the queue is empty if it goes on as in the last days. */
export interface Forecast {
  readonly open: number;
  /** Items that left the queue, less those that came (again), on an average day. */
  readonly perDay: number;
  /** `YYYY-MM-DD`; null when the queue does not shrink. */
  readonly emptyOn: string | null;
  /** True when that is in time; null without a target. */
  readonly inTime: boolean | null;
  /** How many a day would do; null without a target. */
  readonly neededPerDay: number | null;
}

export interface Dashboard {
  readonly total: OutcomeCounts;
  readonly checks: readonly (OutcomeCounts & { readonly check: Check })[];
  readonly registries: readonly (OutcomeCounts & { readonly registry: Registry })[];
  /** The most mismatches first. */
  readonly wards: readonly (OutcomeCounts & { readonly ward: string | null })[];
  readonly rules: readonly (OutcomeCounts & { readonly rules: string })[];
  /** The most mismatches first. */
  readonly fields: readonly WrongField[];
  /** Every day of the trend, the first first. */
  readonly days: readonly DashboardDay[];
  readonly tabs: Readonly<Record<Tab, number>>;
  readonly ages: readonly FacetValue<AgeBucket>[];
  readonly forecast: Forecast;
}
