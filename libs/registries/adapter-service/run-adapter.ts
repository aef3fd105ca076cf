import { join } from 'node:path';
import type { Registry } from '#contracts/records';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { acquireRoleLock } from '#libs/event-store/sqlite';
import { newId, systemClock } from '#libs/platform';
import { RulesBook } from '#libs/rules';
import { announce, openKafka, openServiceLog, runService, watchLog, type ServiceHealth } from '#libs/service';
import {
  ADAPTER_STATE_DIRECTORY,
  adapterSettings,
  closeAbandonedCatchUps,
  openAdapter,
  type AdapterDeps,
} from '../adapter/index.ts';
import { adapterRole } from '../intake/index.ts';
import { adapterMetrics } from './adapter-metrics.ts';
import { feedsHealth } from './feeds-health.ts';

/**
 * Runs one adapter as a process of its own, until it is told to end. The role of the registry's adapter is locked: there is one at a
 * time. It needs the log alone: with `KHOP_KAFKA` it tells the other services of itself, and while the brokers are away it goes on.
 */
export function runAdapter(registry: Registry): Promise<void> {
  return runService(registry, adapterSettings(registry), async (settings, context) => {
    const { dataDir, log } = context;
    const kafka = (process.env['KHOP_KAFKA'] ?? '') === '' ? undefined : openKafka(context);
    const { store, hash, directory } = await openServiceLog(dataDir, registry);
    const lock = await acquireRoleLock(directory, adapterRole(registry));
    const bus = new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store) });
    const rules = await RulesBook.open(store);
    const metrics = adapterMetrics(registry, context);
    const deps: AdapterDeps = {
      store,
      hash,
      clock: systemClock,
      newId,
      bus,
      rules: (version) => rules.get(version),
      stateDirectory: join(dataDir, ADAPTER_STATE_DIRECTORY),
      onTaken: (counts) => metrics.taken(counts),
      onFeedTurn: ({ turn, registry: _, ...feed }) => {
        if (turn === 'failing') log.warn(feed, 'a feed fails, and is tried again');
        else log.info(feed, 'a feed goes on again');
      },
      // The first of a row: what goes on failing is not said again and again.
      onFailure: (_, error, failures) => {
        if (failures === 1) log.warn({ error }, 'a correction could not be handed over, and is tried again');
      },
    };
    const adapter = await openAdapter(registry, deps, settings);
    await closeAbandonedCatchUps(deps, adapter);
    await adapter.start();
    const countsWatch = metrics.watchCounts(adapter);
    log.info({ source: new URL(settings.sourceUrl).origin }, 'following');

    const logWatch = watchLog(store, () => ({}));
    const corrections = watchDeadLetters(bus);
    const health = (): ServiceHealth => ({
      ...(kafka !== undefined && { kafka: kafka.health() }),
      log: logWatch.health(),
      ...feedsHealth(adapter.status()),
      corrections: { status: 'ok', deadLetters: corrections.count() },
    });
    const announcing = kafka && announce(context, kafka, health);
    return {
      health,
      finished: NEVER,
      async close() {
        countsWatch.close();
        corrections.close();
        await adapter.stop();
        await announcing?.close();
        await kafka?.close();
        await bus.close();
        await logWatch.close();
        lock.release();
        await store.close();
      },
    };
  });
}

/** What fails is tried again for ever. */
const NEVER = new Promise<void>(() => undefined);

const DEAD_LETTERS_MILLISECONDS = 5_000;

/** How many corrections were given up on. */
function watchDeadLetters(bus: InProcessEventBus): { count(): number; close(): void } {
  let count = 0;
  const look = (): void => void bus.deadLetters().then((letters) => (count = letters.length));
  const timer = setInterval(look, DEAD_LETTERS_MILLISECONDS);
  look();
  return { count: () => count, close: () => clearInterval(timer) };
}
