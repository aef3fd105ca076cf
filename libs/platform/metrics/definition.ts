import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

/** One metric: how it is called, what it counts, and by what it is told apart. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Labels never hold personal values, keys of records, or anything else without a bound. */
  readonly labels: readonly string[];
}

/** A metric that can be made in a registry, once. */
export interface Metric<M> extends MetricDefinition {
  register(registry: Registry): M;
}

/** Only ever grows. */
export function counter<const L extends string>(name: string, help: string, labels: readonly L[]): Metric<Counter<L>> {
  return {
    name,
    type: 'counter',
    help,
    labels,
    register: (registry) => new Counter({ name, help, labelNames: labels, registers: [registry] }),
  };
}

/** Goes up and down. */
export function gauge<const L extends string>(name: string, help: string, labels: readonly L[]): Metric<Gauge<L>> {
  return {
    name,
    type: 'gauge',
    help,
    labels,
    register: (registry) => new Gauge({ name, help, labelNames: labels, registers: [registry] }),
  };
}

/** How many were at most so large. */
export function histogram<const L extends string>(
  name: string,
  help: string,
  labels: readonly L[],
  buckets: readonly number[],
): Metric<Histogram<L>> {
  return {
    name,
    type: 'histogram',
    help,
    labels,
    register: (registry) =>
      new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] }),
  };
}
