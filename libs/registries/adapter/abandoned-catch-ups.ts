import type { EventStore } from '#libs/event-store/port';
import type { Clock } from '#libs/platform';
import { closeAbandonedIntakes } from '../intake/index.ts';
import type { Adapter } from './adapter.ts';

/**
 * Ends the catch-ups of the adapter's registry that an earlier process left open, once the adapter has opened its own: in that
 * order, absence is held back without a gap. To be called by whoever holds the registry's role alone. Answers their ids.
 */
export async function closeAbandonedCatchUps(
  deps: { readonly store: EventStore; readonly clock: Clock },
  { registry, openIntakes }: Pick<Adapter, 'registry' | 'openIntakes'>,
): Promise<readonly string[]> {
  const mine = openIntakes();
  return closeAbandonedIntakes(
    deps,
    (open) => mine.includes(open.intakeId) || open.registry !== registry || open.source !== 'feed',
  );
}
