import type { Registry } from '#contracts/records';
import { METRICS } from '#libs/platform/metrics';
import type { ServiceContext } from '#libs/service';
import type { Adapter } from '../adapter/index.ts';
import type { IntakeProgress } from '../intake/index.ts';

const COUNTS_MILLISECONDS = 30_000;

/** Counts what an adapter takes in, and asks its registry every half minute how much there is. */
export function adapterMetrics(registry: Registry, { metrics }: Pick<ServiceContext, 'metrics'>) {
  const records = METRICS.intakeRecords.register(metrics);
  const atSource = METRICS.sourceRecords.register(metrics);
  return {
    taken({ read, taken, quarantined }: IntakeProgress): void {
      records.inc({ registry, outcome: 'taken' }, taken);
      records.inc({ registry, outcome: 'unchanged' }, read - taken - quarantined);
      records.inc({ registry, outcome: 'quarantined' }, quarantined);
    },
    watchCounts(adapter: Pick<Adapter, 'countAtSource'>): { close(): void } {
      const closing = new AbortController();
      const ask = (): void => {
        adapter
          .countAtSource(closing.signal)
          .then((count) => atSource.set({ registry }, count))
          // A registry that does not answer shows in its feeds.
          .catch(() => undefined);
      };
      const timer = setInterval(ask, COUNTS_MILLISECONDS);
      ask();
      return {
        close() {
          clearInterval(timer);
          closing.abort();
        },
      };
    },
  };
}
