export { METRIC_LIST, METRICS } from './catalogue.ts';
export type { Metric, MetricDefinition } from './definition.ts';
