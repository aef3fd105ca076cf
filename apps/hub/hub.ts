import { setTimeout } from 'node:timers/promises';
import { createCandidateFinder, createDeskServer, type DeskOperations, type StewardDeskDeps } from '#apps/steward-desk';
import { RECONCILER_GROUP } from '#contracts/work';
import type { DeadLetter } from '#libs/event-bus/port';
import type { FeedItem } from '#contracts/http';
import type { FeedTurn } from '#libs/registries/feed';
import type { RepairOutcome, ViewStatus } from '#libs/projections';
import { dataDirectory, type DataDirectory } from './data-directory.ts';
import type { PartSettings } from './hub.settings.ts';
import { holdAbsence } from './parts/absence-hold.ts';
import { startEngine, type Engine } from './parts/engine.ts';
import type { SourceCounts } from './parts/feeds.ts';
import { publishAddress, withdrawAddress } from './parts/hub-address.ts';
import { ImportQueue } from './parts/import-service.ts';
import { HubRules } from './parts/rules-service.ts';
import { ownData, type OwnedData } from './parts/ownership.ts';
import type { Province, ProvinceInput, ProvinceStatus } from '#apps/mock-registries';
import type { CorrectionFailure, IntakeInput, IntakeStatus } from './threads/intake.thread.ts';
import { startThread, type Thread } from '#libs/threads';

export interface HubOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** How many residents the synthetic province of an empty data directory has; 0 for none, and no registries to follow. */
  readonly residents: number;
  readonly seed: number;
  readonly settings: PartSettings;
  /** Told what the hub is doing while it starts. */
  readonly onProgress: (step: HubStep) => void;
  readonly onFailure: StewardDeskDeps['onFailure'];
  /** Told when following a registry's feed begins to fail, and when it goes on. */
  readonly onFeedTurn: (turn: FeedTurn) => void;
  /** Told when a correction could not be handed to its registry, the first time in a row. */
  readonly onCorrectionFailure: (failure: CorrectionFailure) => void;
}

export type HubStep =
  | { readonly step: 'generating' | 'loading' | 'taking-in' | 'judging'; readonly done: number; readonly total: number }
  | { readonly step: 'listening'; readonly address: string };

export interface Hub {
  readonly address: string;
  /** Where the registries of a synthetic province listen; undefined without one. */
  readonly sources: Province['addresses'] | undefined;
  readonly directory: DataDirectory;
  /** Resolves when what the registries had at the start is judged and can be seen. */
  readonly caughtUp: Promise<void>;
  /** What each registry counts beside what the hub has; empty where none is followed. */
  compareCounts(): Promise<SourceCounts>;
  /** Rejects when a part can't go on. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/** Starts the whole hub in this process: registries, adapters, linker, reconciler, views and desk, each in its thread. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const directory = dataDirectory(options.dataDir);
  const owned = await ownData(directory, options.settings.log);
  const opened: { close(): Promise<void> }[] = [owned];
  /** Whatever one of them says, all are closed. */
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const part of opened.splice(0).reverse()) await part.close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    // Held from before anything follows the log: what the registries mention of one another is not absent, only not here yet.
    const hold = await holdAbsence(owned);
    keep({ close: () => hold.release() });

    const engine = keep(await startEngine(directory, owned.store, { settings: options.settings }));
    const province = options.residents === 0 ? undefined : keep(await startProvince(directory, options));
    const sources = (await province?.ask('addresses')) as Province['addresses'] | undefined;
    const { files, feeds, log, bus } = options.settings;
    const intake = keep(
      await startThread<IntakeStatus>(
        new URL('./threads/intake.thread.js', import.meta.url),
        {
          directory: directory.path,
          settings: { files, feeds, log, bus },
          sources,
        } satisfies IntakeInput,
        (status) => onIntakeStatus(status, imports, options),
      ),
    );
    const imports: ImportQueue = new ImportQueue(
      owned,
      intake,
      {
        spool: directory.spool,
        judged: () => engine.caughtUp(),
      },
      options.settings.imports,
    );
    const desk = keep(await startDesk(owned, directory, engine, intake, imports, options));
    await publishAddress(directory, desk.address);
    keep({ close: async () => withdrawAddress(directory) });
    options.onProgress({ step: 'listening', address: desk.address });

    const caughtUp = feedsCaughtUp(intake, options).then(async () => {
      await hold.release();
      await engine.caughtUp((done, total) => options.onProgress({ step: 'judging', done, total }));
    });
    caughtUp.catch(() => undefined);
    const finished = Promise.all([engine.finished, intake.finished, province?.finished]).then(() => undefined);
    finished.catch(() => undefined);
    const compareCounts = () => intake.ask('compare-counts') as Promise<SourceCounts>;
    return { address: desk.address, sources, directory, caughtUp, compareCounts, finished, close: closeAll };
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

function onIntakeStatus(status: IntakeStatus, imports: ImportQueue, options: HubOptions): void {
  switch (status.kind) {
    case 'import':
      imports.onStatus(status);
      break;
    case 'feed':
      options.onFeedTurn(status.turn);
      break;
    case 'correction-failed':
      options.onCorrectionFailure(status.failure);
      break;
    default:
      status satisfies never;
  }
}

function startProvince({ sources }: DataDirectory, { residents, seed, onProgress }: HubOptions): Promise<Thread> {
  const input: ProvinceInput = { directory: sources, residents, seed };
  return startThread<ProvinceStatus>(new URL('./threads/province.thread.js', import.meta.url), input, onProgress);
}

const FEED_POLL_MILLISECONDS = 100;

/** Resolves once every feed has been read to its end. A registry that can't be reached is not waited for. */
async function feedsCaughtUp(intake: Thread, { onProgress }: HubOptions): Promise<void> {
  for (;;) {
    const feeds = (await intake.ask('feeds')) as readonly FeedItem[];
    const done = feeds.reduce((sum, { changes }) => sum + changes, 0);
    onProgress({ step: 'taking-in', done, total: done + feeds.reduce((sum, { lag }) => sum + (lag ?? 0), 0) });
    if (feeds.every(({ phase }) => phase === 'live' || phase === 'waiting')) return;
    await setTimeout(FEED_POLL_MILLISECONDS);
  }
}

async function startDesk(
  owned: OwnedData,
  directory: DataDirectory,
  engine: Engine,
  intake: Thread,
  imports: ImportQueue,
  { host, port, settings, onFailure }: HubOptions,
) {
  const candidates = createCandidateFinder({ store: owned.store, views: directory.views });
  const rules = new HubRules(owned, directory);
  const desk = await createDeskServer(
    {
      store: owned.store,
      hash: owned.hash,
      clock: owned.clock,
      newId: owned.newId,
      views: directory.views,
      operations: operationsOf(engine, intake),
      imports,
      rules,
      settings: settings.desk,
      onFailure,
      findCandidates: candidates.find,
    },
    { host, port },
  );
  return {
    address: desk.address,
    async close() {
      await desk.close();
      await imports.close();
      await rules.close();
      candidates.close();
    },
  };
}

/** The desk's questions, put to the threads that know. Dead letters are kept where their handlers are. */
function operationsOf(engine: Engine, intake: Thread): DeskOperations {
  const { linking, viewing } = engine;
  // Each thread reads all dead letters from the log; each can retry those of the handlers that it has.
  const keeperOf = (group: string): Thread => (group === RECONCILER_GROUP ? linking : intake);
  const deadLettersOf = async (keeper: Thread): Promise<readonly DeadLetter[]> => {
    const letters = (await keeper.ask('dead-letters')) as readonly DeadLetter[];
    return letters.filter(({ group }) => keeperOf(group) === keeper);
  };
  return {
    linking: () => engine.status(),
    feeds: () => intake.ask('feeds') as Promise<readonly FeedItem[]>,
    viewsStatus: () => viewing.ask('status') as Promise<readonly ViewStatus[]>,
    viewsCaughtUpTo: (position, timeoutMilliseconds) =>
      viewing.ask('caught-up-to', { position, timeoutMilliseconds }) as Promise<boolean>,
    deadLetters: async () => (await Promise.all([linking, intake].map(deadLettersOf))).flat(),
    async retryDeadLetter(messageId, group) {
      await keeperOf(group).ask('retry-dead-letter', { messageId, group });
    },
    async setAsideDeadLetter(messageId, group, reason) {
      await keeperOf(group).ask('set-aside-dead-letter', { messageId, group, reason });
    },
    retryViewDeadLetters: (view, stream) =>
      viewing.ask('retry-dead-letters', { view, stream }) as Promise<RepairOutcome>,
    setAsideViewDeadLetter: (view, event, reason) =>
      viewing.ask('set-aside-dead-letter', { view, ...event, reason }) as Promise<RepairOutcome>,
  };
}
