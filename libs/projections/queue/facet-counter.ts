import { TABS, type Tab } from '#libs/domain/reconciliation';
import { CHECKS, CODES } from '#contracts/verdicts';
import { REGISTRIES, type Registry } from '#contracts/records';
import type { CellCache, Group } from './cell-cache.ts';
import { FAILS, TAB_BITS } from './masks.ts';
import { AGE_BUCKETS, type FacetValue, type QueueFacets } from './queue.query.ts';

/** What is counted: one item, or a cell of them. */
export interface Counted {
  grp: number;
  ward: number;
  /** Number of the age bucket. */
  age: number;
  holder: string | null;
  tabs: number;
  items: number;
}

const ALL_TABS = 64;

/** Counts items for the facets: one that fails a single part of the filter counts for that part's facet alone. */
export class FacetCounter {
  total = 0;
  readonly #cache: CellCache;
  readonly #forCheck: Float64Array;
  readonly #forCode: Float64Array;
  readonly #forRegistry: Float64Array;
  readonly #wards: Float64Array;
  readonly #ages = new Float64Array(AGE_BUCKETS.length);
  readonly #holders = new Map<string | null, number>();
  /** Items by the set of tabs that they are in. */
  readonly #tabs = new Float64Array(ALL_TABS);

  constructor(cache: CellCache) {
    this.#cache = cache;
    this.#forCheck = new Float64Array(cache.groups.length);
    this.#forCode = new Float64Array(cache.groups.length);
    this.#forRegistry = new Float64Array(cache.groups.length);
    this.#wards = new Float64Array(cache.wards.length);
  }

  add(counted: Counted, fails: number): void {
    const { grp, ward, age, holder, tabs, items } = counted;
    if (fails === 0) this.total += items;
    if ((fails & ~FAILS.check) === 0) addTo(this.#forCheck, grp, items);
    if ((fails & ~FAILS.code) === 0) addTo(this.#forCode, grp, items);
    if ((fails & ~FAILS.registry) === 0) addTo(this.#forRegistry, grp, items);
    if ((fails & ~FAILS.ward) === 0) addTo(this.#wards, ward, items);
    if ((fails & ~FAILS.age) === 0) addTo(this.#ages, age, items);
    if ((fails & ~FAILS.holder) === 0) this.#holders.set(holder, (this.#holders.get(holder) ?? 0) + items);
    if ((fails & ~FAILS.tab) === 0) addTo(this.#tabs, tabs, items);
  }

  tabs(): Readonly<Record<Tab, number>> {
    const count = (tab: Tab): number =>
      this.#tabs.reduce((sum, items, tabs) => ((tabs & TAB_BITS[tab]) === 0 ? sum : sum + items), 0);
    return Object.fromEntries(TABS.map((tab) => [tab, count(tab)])) as Record<Tab, number>;
  }

  facets(): QueueFacets {
    const { wards } = this.#cache;
    const registries = Object.keys(REGISTRIES) as Registry[];
    const wardCounts = Array.from(this.#wards, (count, id) => ({ value: wards[id] ?? null, count }));
    const holders = [...this.#holders].map(([value, count]) => ({ value, count }));
    return {
      check: some(CHECKS.map((value) => ({ value, count: this.#sum(this.#forCheck, ({ check }) => check === value) }))),
      code: some(
        CODES.map((value) => ({ value, count: this.#sum(this.#forCode, ({ codes }) => codes.includes(value)) })),
      ),
      registry: some(
        registries.map((value) => ({
          value,
          count: this.#sum(this.#forRegistry, ({ registry }) => registry === value),
        })),
      ),
      ward: largestFirst(some(wardCounts)),
      age: some(AGE_BUCKETS.map(({ name }, index) => ({ value: name, count: this.#ages[index] ?? 0 }))),
      holder: largestFirst(some(holders)),
    };
  }

  #sum(counts: Float64Array, isIn: (group: Group) => boolean): number {
    return this.#cache.groups.reduce<number>(
      (sum, group, id) => (group !== undefined && isIn(group) ? sum + (counts[id] ?? 0) : sum),
      0,
    );
  }
}

function addTo(counts: Float64Array, index: number, by: number): void {
  counts[index] = (counts[index] ?? 0) + by;
}

const some = <Value>(values: readonly FacetValue<Value>[]): readonly FacetValue<Value>[] =>
  values.filter(({ count }) => count > 0);

function largestFirst<Value extends string | null>(values: readonly FacetValue<Value>[]): readonly FacetValue<Value>[] {
  return values.toSorted((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
}
