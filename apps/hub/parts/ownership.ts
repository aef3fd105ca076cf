import { acquireRoleLock, isRoleTaken, loadOrCreateSecret, RoleTakenError } from '#libs/event-store/sqlite';
import type { EventStore } from '#libs/event-store/port';
import { createKeyedHash, newId, systemClock, type Clock, type KeyedHash } from '#libs/platform';
import { adapterRole, closeAbandonedIntakes } from '#libs/registries';
import type { DataDirectory } from '../data-directory.ts';
import type { PartSettings } from '../hub.settings.ts';
import { releaseAbandonedHolds } from './absence-hold.ts';
import { openLog } from './log.ts';

/** A data directory that this process alone may take records into. */
export interface OwnedData {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  close(): Promise<void>;
}

/** Somebody else runs on this data directory: a hub, or an import. */
export { RoleTakenError };

/**
 * Takes the hub's role in a data directory and tidies up after whoever had it before and died: their intakes end as abandoned,
 * their holds are released. A catch-up of an adapter that runs as a process of its own goes on. Throws `RoleTakenError`.
 */
export async function ownData(directory: DataDirectory, log: Partial<PartSettings['log']> = {}): Promise<OwnedData> {
  const lock = await acquireRoleLock(directory.log, 'hub');
  try {
    const store = await openLog(directory, log);
    const deps = { store, hash: createKeyedHash(loadOrCreateSecret(directory.log)), clock: systemClock, newId };
    await closeAbandonedIntakes(
      deps,
      ({ source, registry }) => source === 'feed' && isRoleTaken(directory.log, adapterRole(registry)),
    );
    await releaseAbandonedHolds(deps);
    return {
      ...deps,
      async close() {
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
