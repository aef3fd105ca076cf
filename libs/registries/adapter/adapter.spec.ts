import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntakeFinished, IntakeStarted, recordTypeOfStream } from '#contracts/events';
import { RECORDS, REGISTRIES, type Registry } from '#contracts/records';
import { loadRules } from '#contracts/rules';
import { InMemoryDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { createKeyedHash, newId, SettingsError, systemClock } from '#libs/platform';
import { definitionOf } from '../definitions/index.ts';
import { openRegistrySource, type MockSource } from '../mock-source/index.ts';
import { IntakeRun, type IntakeSource } from '../intake/index.ts';
import {
  adapterModule,
  adapterToken,
  closeAbandonedCatchUps,
  DEFAULT_ADAPTER_SETTINGS,
  readAdapterSettings,
  type Adapter,
} from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'khop-adapter-'));
const registries = Object.keys(REGISTRIES) as Registry[];
const sources = new Map<Registry, MockSource>();
let store: SqliteEventStore;

beforeAll(async () => {
  Logger.overrideLogger(false);
  store = await SqliteEventStore.open({ directory: join(directory, 'log') });
  for (const registry of registries) {
    const source = openRegistrySource(registry, { file: join(directory, 'sources', `${registry}.sqlite`) });
    for (const record of REGISTRIES[registry]) await source.load(record, [[definitionOf(record).example]]);
    sources.set(registry, source);
  }
});
afterAll(async () => {
  for (const source of sources.values()) await source.close();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

@Module({})
class Hub {}

async function allEvents() {
  return (await store.readAll({ limit: 1000 })).events;
}

describe('the adapters of all registries', () => {
  it('take in what their sources have, absence being held back from before the first record to the last', async () => {
    const bus = new InProcessEventBus({ deadLetters: new InMemoryDeadLetterStore() });
    const imports = [];
    for (const registry of registries) {
      const sourceUrl = (await sources.get(registry)?.listen()) ?? '';
      const deps = {
        store,
        hash: createKeyedHash(new Uint8Array(32)),
        clock: systemClock,
        newId,
        bus,
        rules: loadRules,
        stateDirectory: join(directory, 'adapters'),
        hubCounts: async () => ({
          records: 1,
          withdrawn: 0,
          quarantined: 0,
          fromFeed: { records: 1, quarantined: 0, confirming: 0 },
        }),
      };
      imports.push(adapterModule(registry, deps, { ...DEFAULT_ADAPTER_SETTINGS, waitSeconds: 1, sourceUrl }));
    }
    const hub = await NestFactory.createApplicationContext({ module: Hub, imports });
    const adapters = registries.map((registry) => hub.get<Adapter>(adapterToken(registry), { strict: false }));
    for (let tries = 0; tries < 500; tries++) {
      if (adapters.every((adapter) => adapter.status().every(({ phase }) => phase === 'live'))) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const events = await allEvents();
    const kinds = events.flatMap(({ type, stream }) => {
      if (type === IntakeStarted.type) return ['started'];
      if (type === IntakeFinished.type) return ['finished'];
      return recordTypeOfStream(stream) === undefined ? [] : ['record'];
    });
    expect(kinds.slice(0, RECORDS.length)).toEqual(RECORDS.map(() => 'started'));
    expect(kinds.filter((kind) => kind === 'record')).toHaveLength(RECORDS.length);
    expect(kinds.at(-1)).toBe('finished');
    for (const adapter of adapters) {
      expect(adapter.openIntakes()).toEqual([]);
      const counts = Object.values(await adapter.compareCounts());
      expect(counts).toHaveLength(REGISTRIES[adapter.registry].length);
      expect(counts.every(({ complete }) => complete)).toBe(true);
    }
    await hub.close();
    expect(adapters[0]?.status()[0]?.phase).toBe('stopped');
    await bus.close();
  });
});

describe('catch-ups that a process left open when it died', () => {
  it('are ended for this registry’s feeds only, and not while they are this process’s own', async () => {
    const start = async (registry: 'residents' | 'tax-office', source: IntakeSource): Promise<string> => {
      const definition = definitionOf(registry === 'residents' ? 'resident' : 'taxpayer');
      const deps = { store, hash: createKeyedHash(new Uint8Array(32)), clock: systemClock, newId };
      return (await IntakeRun.start(deps, { definition, source })).intakeId;
    };
    const dead = await start('residents', { kind: 'feed' });
    const own = await start('residents', { kind: 'feed' });
    await start('residents', { kind: 'file', fileName: 'residents.jsonl' });
    await start('tax-office', { kind: 'feed' });
    const adapter = { registry: 'residents' as const, openIntakes: () => [own] };
    expect(await closeAbandonedCatchUps({ store, clock: systemClock }, adapter)).toEqual([dead]);
    expect(await closeAbandonedCatchUps({ store, clock: systemClock }, adapter)).toEqual([]);
  });
});

describe('an adapter’s settings', () => {
  it('come from the environment', () => {
    const environment = { KHOP_CIVIL_STATUS_URL: 'http://127.0.0.1:4103', KHOP_FEED_PAGE_SIZE: '200' };
    expect(readAdapterSettings('civil-status', environment)).toEqual({
      ...DEFAULT_ADAPTER_SETTINGS,
      sourceUrl: 'http://127.0.0.1:4103',
      pageSize: 200,
    });
  });

  it.each([{}, { KHOP_RESIDENTS_URL: 'file:///etc' }, { KHOP_RESIDENTS_URL: 'nowhere' }])(
    'are refused: %j',
    (environment) => {
      expect(() => readAdapterSettings('residents', environment)).toThrow(SettingsError);
    },
  );
});
