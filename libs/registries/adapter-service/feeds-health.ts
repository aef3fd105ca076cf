import type { ServiceHealth } from '#libs/service';
import type { FeedStatus } from '../feed/index.ts';

/** How each feed goes, a part each. A registry that can't be reached makes an adapter no worse than degraded: it is tried for ever. */
export function feedsHealth(feeds: readonly FeedStatus[]): ServiceHealth {
  return Object.fromEntries(
    feeds.map(({ record, phase, changes, lag, failures, lastError }) => [
      `feed-${record}`,
      {
        status: phase === 'waiting' ? ('degraded' as const) : ('ok' as const),
        ...(phase === 'waiting' && lastError !== undefined && { code: lastError.code }),
        phase,
        changes,
        ...(lag !== undefined && { behind: lag }),
        ...(failures > 0 && { failures }),
      },
    ]),
  );
}
