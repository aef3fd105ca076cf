import { NestFactory } from '@nestjs/core';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import type { Registry } from '#contracts/records';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { acquireRoleLock, loadOrCreateSecret, SqliteEventStore } from '#libs/event-store/sqlite';
import { createKeyedHash, newId, systemClock } from '#libs/platform';
import { RulesBook } from '#libs/rules';
import { adapterRole } from '../intake/index.ts';
import { closeAbandonedCatchUps } from './abandoned-catch-ups.ts';
import { adapterModule, adapterToken } from './adapter.module.ts';
import type { Adapter, AdapterDeps } from './adapter.ts';
import { readAdapterSettings } from './adapter.settings.ts';

/** Where adapters keep their state in a data directory. */
export const ADAPTER_STATE_DIRECTORY = 'adapters';

/**
 * Runs one adapter as a process of its own on a shared data directory, until it is told to end. The role of the registry's
 * adapter is locked: there is one at a time. Settings come from the environment, the directory from `--data-dir`.
 */
export async function runAdapter(registry: Registry): Promise<void> {
  const log = pino({ name: registry });
  const atEnd: (() => unknown)[] = [];
  try {
    const { values } = parseArgs({ options: { 'data-dir': { type: 'string', default: './data' } } });
    const directory = resolve(values['data-dir']);
    const settings = readAdapterSettings(registry, process.env);
    const logDirectory = join(directory, 'log');
    const lock = await acquireRoleLock(logDirectory, adapterRole(registry));
    atEnd.unshift(() => lock.release());
    const store = await SqliteEventStore.open({ directory: logDirectory });
    atEnd.unshift(() => store.close());
    const bus = new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store) });
    atEnd.unshift(() => bus.close());
    const rules = await RulesBook.open(store);
    const deps: AdapterDeps = {
      store,
      hash: createKeyedHash(loadOrCreateSecret(logDirectory)),
      clock: systemClock,
      newId,
      bus,
      rules: (version) => rules.get(version),
      stateDirectory: join(directory, ADAPTER_STATE_DIRECTORY),
      onFeedTurn: ({ turn, registry: _, ...feed }) => {
        if (turn === 'failing') log.warn(feed, 'a feed fails, and is tried again');
        else log.info(feed, 'a feed goes on again');
      },
      // The first of a row: what goes on failing is not said again and again.
      onFailure: (_, error, failures) => {
        if (failures === 1) log.warn(describe(error), 'a correction could not be handed over, and is tried again');
      },
    };
    const application = await createContext(adapterModule(registry, deps, settings));
    atEnd.unshift(() => application.close());
    await closeAbandonedCatchUps(deps, application.get<Adapter>(adapterToken(registry)));
    log.info({ source: new URL(settings.sourceUrl).origin }, 'following');
    await toldToEnd();
  } catch (error) {
    log.error(describe(error), 'the adapter has ended');
    process.exitCode = 1;
  } finally {
    for (const end of atEnd) await end();
  }
}

/** Nest says nothing by itself, and hands errors over instead of ending the process. */
function createContext(module: DynamicModule): Promise<INestApplicationContext> {
  // Nest declares its options as a class and takes any object of that shape.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Only errors with a code are the hub's own, whose messages repeat no value. */
function describe(error: unknown): { code: string; message?: string } {
  if (!(error instanceof Error)) return { code: 'unknown' };
  return 'code' in error && typeof error.code === 'string'
    ? { code: error.code, message: error.message }
    : { code: error.name };
}
