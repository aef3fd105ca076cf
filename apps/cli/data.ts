import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Engine, OwnedData } from '#apps/hub';
import { dataDirectory, findHubAddress, isComplete, openLog, type DataDirectory } from '#apps/hub/reading';
import type { EventStore } from '#libs/event-store/port';
import { loadOrCreateSecret, RoleTakenError } from '#libs/event-store/sqlite';
import { createKeyedHash, type KeyedHash } from '#libs/platform';
import { CommandError } from './failure.ts';
import { connectToHub, type HubClient } from './hub-client.ts';
import { note } from './output.ts';
import { startProgress } from './progress.ts';

/** A data directory that is only read. */
export interface ReadData {
  readonly directory: DataDirectory;
  /** Opened for reading: an append is refused. */
  readonly store: EventStore;
  readonly hash: KeyedHash;
}

/** A data directory that this process alone changes, with everything that follows its log. */
export interface ChangedData {
  readonly directory: DataDirectory;
  readonly owned: OwnedData;
  readonly engine: Engine;
}

/** Where a change is made: here, or by the hub that runs on the data. */
export interface Change<T> {
  readonly here: (data: ChangedData) => Promise<T>;
  readonly throughHub: (hub: HubClient) => Promise<T>;
}

/**
 * Reads a data directory. Where no hub runs on it, everything in the log is judged and folded first, so that what is shown is
 * complete; a running hub keeps it so by itself. Another command that is at it is waited for, for a while.
 */
export async function readingData<T>(path: string, read: (data: ReadData) => Promise<T>): Promise<T> {
  return readingLog(path, async (data) => {
    if (!(await isComplete(data.directory, data.store))) await complete(data);
    return read(data);
  });
}

/** Reads the log of a data directory as it stands, for what needs neither verdicts nor views. */
export async function readingLog<T>(path: string, read: (data: ReadData) => Promise<T>): Promise<T> {
  const directory = existingDirectory(path);
  const store = await openLog(directory, { readOnly: true });
  try {
    return await read({ directory, store, hash: createKeyedHash(loadOrCreateSecret(directory.log)) });
  } finally {
    await store.close();
  }
}

/** How long a read waits for another command, and how long it does so without a word. */
const WAIT_MILLISECONDS = 30_000;
const SILENT_MILLISECONDS = 1_000;
const POLL_MILLISECONDS = 50;

async function complete({ directory, store }: ReadData): Promise<void> {
  const startedAt = performance.now();
  for (let told = false; ;) {
    const owned = await ownUnlessTaken(directory);
    if (!(owned instanceof RoleTakenError)) return withEngine(directory, owned, () => Promise.resolve());
    if ((await findHubAddress(directory)) !== undefined) return;
    const waited = performance.now() - startedAt;
    if (waited > WAIT_MILLISECONDS) {
      note('It goes on: what is shown may lack what it has not judged yet.');
      return;
    }
    if (waited > SILENT_MILLISECONDS && !told) {
      const by = owned.holder === undefined ? 'Another process' : `Process ${owned.holder}`;
      note(`${by} works on this data directory, an import or a hub that is starting: waiting for it.`);
      told = true;
    }
    await setTimeout(POLL_MILLISECONDS);
    if (await isComplete(directory, store)) return;
  }
}

/** Changes a data directory: through the hub that runs on it, else here; then what follows from the change can be seen. */
export async function changingData<T>(path: string, change: Change<T>): Promise<T> {
  const directory = existingDirectory(path);
  const owned = await ownUnlessTaken(directory);
  if (!(owned instanceof RoleTakenError)) {
    return withEngine(directory, owned, async (engine) => {
      const result = await change.here({ directory, owned, engine });
      await engine.caughtUp();
      return result;
    });
  }
  const address = await findHubAddress(directory);
  if (address === undefined) {
    throw new CommandError(
      'hub-not-ready',
      'Something runs on this data directory, an import or a hub that is starting: wait for it, and try again.',
    );
  }
  return change.throughHub(connectToHub(address));
}

/** The directory, if there is a log in it. Throws `CommandError` otherwise. */
export function existingDirectory(path: string): DataDirectory {
  const directory = dataDirectory(path);
  if (!existsSync(directory.log)) {
    throw new CommandError(
      'no-data',
      `There are no data of a hub in ${path}. Import files first, or name the right --data-dir.`,
    );
  }
  return directory;
}

/** Takes the data, or tells who has them. What follows the log is loaded only now: most reads do without. */
async function ownUnlessTaken(directory: DataDirectory): Promise<OwnedData | RoleTakenError> {
  const { ownData } = await import('#apps/hub');
  return ownData(directory).catch((error: unknown) => {
    if (error instanceof RoleTakenError) return error;
    throw error;
  });
}

/** Runs what follows the log, lets it catch up, and lets go of the data at the end. */
async function withEngine<T>(
  directory: DataDirectory,
  owned: OwnedData,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  try {
    const { isLinkedElsewhere, startEngine } = await import('#apps/hub');
    const elsewhere = isLinkedElsewhere(directory);
    if (elsewhere)
      note('A linker runs on this data directory as a service: what is shown may lack what is not judged yet.');
    const engine = await startEngine(directory, owned.store, { linkedElsewhere: elsewhere });
    try {
      const progress = startProgress('judging');
      await engine.caughtUp((position, head) => progress.update(position, head)).finally(() => progress.end());
      return await work(engine);
    } finally {
      await engine.close();
    }
  } finally {
    await owned.close();
  }
}
