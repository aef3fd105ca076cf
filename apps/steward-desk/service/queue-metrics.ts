import type { Registry as MetricRegistry } from 'prom-client';
import { REGISTRIES, REGISTRY_NAMES } from '#contracts/records';
import { METRICS } from '#libs/platform/metrics';
import {
  openQueue,
  openViewReader,
  queueProjection,
  readRecordCounts,
  statsProjection,
  ViewNotReadyError,
} from '#libs/projections';

/** Shows what the views count (records, quarantine, the queue) whenever `observe` is called. */
export function queueMetrics(metrics: MetricRegistry, views: string): { observe(): void; close(): void } {
  const records = METRICS.hubRecords.register(metrics);
  const quarantined = METRICS.quarantinedRecords.register(metrics);
  const items = METRICS.queueItems.register(metrics);
  const oldestAge = METRICS.queueOldestAge.register(metrics);
  const stats = openViewReader(views, statsProjection);
  const queueView = openViewReader(views, queueProjection);
  const queue = openQueue(queueView);

  function observeNow(): void {
    for (const registry of REGISTRY_NAMES) {
      const counts = REGISTRIES[registry].map((record) => readRecordCounts(stats, record));
      records.set(
        { registry },
        counts.reduce((sum, one) => sum + one.records, 0),
      );
      quarantined.set(
        { registry },
        counts.reduce((sum, one) => sum + one.quarantined, 0),
      );
    }
    const now = Date.now();
    const {
      tabs,
      items: [oldest],
    } = queue.query({ now, sort: 'oldest', limit: 1 });
    for (const [state, count] of Object.entries(tabs)) if (state !== 'mine') items.set({ state }, count);
    const openedAt = oldest?.openedAt ?? undefined;
    oldestAge.set(openedAt === undefined ? 0 : Math.max(0, now - Date.parse(openedAt)) / 1000);
  }

  return {
    observe() {
      try {
        observeNow();
      } catch (error) {
        // The views are being built: there is nothing to be shown yet.
        if (!(error instanceof ViewNotReadyError)) throw error;
      }
    },
    close() {
      stats.close();
      queueView.close();
    },
  };
}
