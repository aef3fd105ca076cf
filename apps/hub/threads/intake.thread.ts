import 'reflect-metadata';
import { join } from 'node:path';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CivilStatusModule } from '#apps/civil-status';
import { EnterpriseRegistryModule } from '#apps/enterprise-registry';
import { ResidentsModule } from '#apps/residents';
import { TaxOfficeModule } from '#apps/tax-office';
import { REGISTRIES, type RecordType, type Registry } from '#contracts/records';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { loadOrCreateSecret } from '#libs/event-store/sqlite';
import { openViewReader, readRecordCounts, statsProjection } from '#libs/projections';
import type { CountsComparison } from '#libs/registries/feed';
import { createKeyedHash, newId, systemClock } from '#libs/platform';
import { RulesBook } from '#libs/rules';
import {
  ADAPTER_STATE_DIRECTORY,
  adapterToken,
  DEFAULT_ADAPTER_SETTINGS,
  type Adapter,
  type AdapterDeps,
} from '#libs/registries/adapter';
import { dataDirectory } from '../data-directory.ts';
import { importFile, type ImportFile, type ImportProgress } from '../parts/importing.ts';
import { deadLetterAnswers } from './dead-letter.answers.ts';
import { runThread } from './thread.ts';
import { openLog } from '../parts/log.ts';

export interface IntakeInput {
  readonly directory: string;
  /** Where the registries' services listen; without them only files are taken in. */
  readonly sources?: Readonly<Record<Registry, string>> | undefined;
}

/** What each registry counts of its record types, beside what the hub has. */
export type SourceCounts = Partial<Record<RecordType, CountsComparison>>;

/** The hub ends: what was taken of the file so far is in the log. */
class ImportCancelledError extends Error {
  override readonly name = 'ImportCancelledError';
  readonly code = 'import-cancelled';
}

/** How far an import is. */
export interface IntakeStatus {
  readonly importId: string;
  readonly progress: ImportProgress;
}

const MODULES = {
  'enterprise-registry': EnterpriseRegistryModule,
  'tax-office': TaxOfficeModule,
  'civil-status': CivilStatusModule,
  residents: ResidentsModule,
} as const satisfies Record<Registry, { forRoot: unknown }>;

/** The adapters of all registries, each a module of its own. */
@Module({})
class AllAdapters {}

await runThread<IntakeInput, IntakeStatus>(async ({ directory: path, sources }, report) => {
  const directory = dataDirectory(path);
  const store = await openLog(directory);
  const deps = { store, hash: createKeyedHash(loadOrCreateSecret(directory.log)), clock: systemClock, newId };
  const bus = new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store) });
  const cancel = new AbortController();
  const stats = openViewReader(directory.views, statsProjection);
  const rules = await RulesBook.open(store);
  const adapterDeps = {
    ...deps,
    bus,
    rules: (version: string) => rules.get(version),
    stateDirectory: join(path, ADAPTER_STATE_DIRECTORY),
    hubCounts: async (record: RecordType) => readRecordCounts(stats, record),
  };
  const adapters = sources === undefined ? undefined : await openAdapters(adapterDeps, sources);
  return {
    answers: {
      ...deadLetterAnswers(bus),
      import: ({ importId, file }: { importId: string; file: ImportFile }) =>
        importFile(deps, directory, file, (progress) => report({ importId, progress }), cancel.signal),
      'cancel-imports': () =>
        cancel.abort(new ImportCancelledError('The hub was ended while the file was taken in: import it again.')),
      'compare-counts': async (): Promise<SourceCounts> =>
        (await Promise.all((adapters?.list ?? []).map((adapter) => adapter.compareCounts()))).reduce(
          (all, own) => ({ ...all, ...own }),
          {},
        ),
      'feed-status': () => adapters?.list.flatMap((adapter) => adapter.status()) ?? [],
    },
    async close() {
      await adapters?.close();
      stats.close();
      await bus.close();
      await store.close();
    },
  };
});

async function openAdapters(deps: AdapterDeps, sources: Readonly<Record<Registry, string>>) {
  const registries = Object.keys(REGISTRIES) as Registry[];
  const imports = registries.map((registry) =>
    MODULES[registry].forRoot(deps, { ...DEFAULT_ADAPTER_SETTINGS, sourceUrl: sources[registry] }),
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
