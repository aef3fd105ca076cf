import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { METRIC_LIST, METRICS } from './index.ts';

describe('the catalogue of metrics', () => {
  it('names each metric once, by the conventions of Prometheus', () => {
    const names = METRIC_LIST.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const { name, type, help } of METRIC_LIST) {
      expect(name).toMatch(/^khop_[a-z_]+$/u);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(help).not.toBe('');
    }
  });

  it('makes metrics of a registry', async () => {
    const registry = new Registry();
    METRICS.intakeRecords.register(registry).inc({ registry: 'tax-office', outcome: 'taken' }, 3);
    METRICS.queueOldestAge.register(registry).set(12);
    METRICS.httpRequests.register(registry).observe({ method: 'GET', route: '/api/queue', status: 200 }, 0.02);

    const page = await registry.metrics();

    expect(page).toContain('khop_intake_records_total{registry="tax-office",outcome="taken"} 3');
    expect(page).toContain('khop_queue_oldest_age_seconds 12');
    expect(page).toContain(
      'khop_http_request_duration_seconds_bucket{le="0.025",method="GET",route="/api/queue",status="200"} 1',
    );
  });

  it('can make every one of them', () => {
    const registry = new Registry();

    for (const metric of Object.values(METRICS)) metric.register(registry);

    expect(registry.getMetricsAsArray()).toHaveLength(METRIC_LIST.length);
  });
});
