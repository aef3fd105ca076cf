import 'reflect-metadata';
import { join } from 'node:path';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { REGISTRIES, type RecordType, type Registry } from '#contracts/records';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { acquireRoleLock, loadOrCreateSecret, type RoleLock } from '#libs/event-store/sqlite';
import { openViewReader, readRecordCounts, statsProjection } from '#libs/projections';
import type { FeedTurn } from '#libs/registries/feed';
import { adapterRole } from '#libs/registries';
import { createKeyedHash, newId, systemClock } from '#libs/platform';
import { RulesBook } from '#libs/rules';
import {
  ADAPTER_STATE_DIRECTORY,
  adapterModule,
  adapterToken,
  type Adapter,
  type AdapterDeps,
} from '#libs/registries/adapter';
import { dataDirectory } from '../data-directory.ts';
import type { PartSettings } from '../hub.settings.ts';
import { importFile, type ImportFile, type ImportProgress } from '../parts/importing.ts';
import { watchFeeds } from '../parts/feeds.ts';
import { deadLetterAnswers } from './dead-letter.answers.ts';
import { runThread } from '#libs/threads';
import { openLog } from '../parts/log.ts';

export interface IntakeInput {
  readonly directory: string;
  readonly settings: Pick<PartSettings, 'files' | 'feeds' | 'log' | 'bus'>;
  /** Where the registries' services listen; without them only files are taken in. */
  readonly sources?: Readonly<Record<Registry, string>> | undefined;
}

/** The hub ends: what was taken of the file so far is in the log. */
class ImportCancelledError extends Error {
  override readonly name = 'ImportCancelledError';
  readonly code = 'import-cancelled';
}

/** How far an import is. */
export interface ImportStep {
  readonly kind: 'import';
  readonly importId: string;
  readonly progress: ImportProgress;
}

/** A correction could not be handed to its registry; it is tried again, and told of the first time only. */
export interface CorrectionFailure {
  readonly registry: Registry;
  readonly code: string;
}

/** What the thread tells without being asked. */
export type IntakeStatus =
  | ImportStep
  | { readonly kind: 'feed'; readonly turn: FeedTurn }
  | { readonly kind: 'correction-failed'; readonly failure: CorrectionFailure };

/** The adapters of all registries, each a module of its own. */
@Module({})
class AllAdapters {}

await runThread<IntakeInput, IntakeStatus>(async ({ directory: path, sources, settings }, report) => {
  const directory = dataDirectory(path);
  const store = await openLog(directory, settings.log);
  const deps = { store, hash: createKeyedHash(loadOrCreateSecret(directory.log)), clock: systemClock, newId };
  const bus = new InProcessEventBus({
    deadLetters: await EventStoreDeadLetterStore.open(store),
    settings: settings.bus,
  });
  const cancel = new AbortController();
  const stats = openViewReader(directory.views, statsProjection);
  const rules = await RulesBook.open(store);
  const adapterDeps = {
    ...deps,
    bus,
    rules: (version: string) => rules.get(version),
    stateDirectory: join(path, ADAPTER_STATE_DIRECTORY),
    hubCounts: async (record: RecordType) => readRecordCounts(stats, record),
    onFeedTurn: (turn: FeedTurn) => report({ kind: 'feed', turn }),
    onFailure: (registry: Registry, error: unknown, failures: number) => {
      if (failures === 1) report({ kind: 'correction-failed', failure: { registry, code: codeOf(error) } });
    },
  };
  const locks = sources === undefined ? [] : await takeAdapterRoles(directory.log);
  const adapters = sources === undefined ? undefined : await openAdapters(adapterDeps, sources, settings.feeds);
  const feeds = watchFeeds(adapters?.list ?? [], systemClock);
  return {
    answers: {
      ...deadLetterAnswers(bus),
      import: ({ importId, file }: { importId: string; file: ImportFile }) =>
        importFile(deps, directory, file, (progress) => report({ kind: 'import', importId, progress }), {
          signal: cancel.signal,
          bounds: settings.files,
        }),
      'cancel-imports': () =>
        cancel.abort(new ImportCancelledError('The hub was ended while the file was taken in: import it again.')),
      'compare-counts': () => feeds.compare(),
      feeds: () => feeds.items(),
    },
    async close() {
      feeds.close();
      await adapters?.close();
      for (const lock of locks) lock.release();
      stats.close();
      await bus.close();
      await store.close();
    },
  };
}, 'adapters');

/** So that no adapter runs beside those of the hub. Throws `RoleTakenError` where one does already. */
async function takeAdapterRoles(log: string): Promise<readonly RoleLock[]> {
  const locks: RoleLock[] = [];
  try {
    for (const registry of Object.keys(REGISTRIES)) locks.push(await acquireRoleLock(log, adapterRole(registry)));
    return locks;
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

async function openAdapters(
  deps: AdapterDeps,
  sources: Readonly<Record<Registry, string>>,
  feeds: PartSettings['feeds'],
) {
  const registries = Object.keys(REGISTRIES) as Registry[];
  const imports = registries.map((registry) =>
    adapterModule(registry, deps, { ...feeds, sourceUrl: sources[registry] }),
  );
  const context = await createContext({ module: AllAdapters, imports });
  return {
    list: registries.map((registry) => context.get<Adapter>(adapterToken(registry), { strict: false })),
    close: () => context.close(),
  };
}

/** Nest says nothing by itself, and hands errors over instead of ending the process. */
function createContext(module: DynamicModule): Promise<INestApplicationContext> {
  // Nest declares its options as a class and takes any object of that shape.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}
