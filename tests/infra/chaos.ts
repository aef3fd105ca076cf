import { setTimeout as sleep } from 'node:timers/promises';
import { WORK_TOPIC } from '#contracts/work';
import type { OwnKafka } from '#tests/support/infra';
import { publishAgain, type ServiceProcess, type ServicesScene } from '#tests/support/services';
import type { PlannedChange } from './changes.ts';

export interface Chaos {
  readonly scene: ServicesScene;
  readonly kafka: OwnKafka;
  readonly kills: number;
  readonly brokerAwayMilliseconds: number;
  readonly pauseMilliseconds: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told what is done. */
  readonly log: (what: string) => void;
}

const LONGEST_PAUSE_MILLISECONDS = 800;

/** Kills services one after the other, each at a moment that nobody has chosen, and starts them again. */
export async function killAtRandom({ scene, kills, random, log }: Chaos): Promise<ReadonlyMap<string, number>> {
  const names = [...scene.services.keys()];
  const killed = new Map<string, number>();
  const pause = (): Promise<void> => sleep(random() * LONGEST_PAUSE_MILLISECONDS);
  for (let kill = 0; kill < kills; kill += 1) {
    await pause();
    // Everyone has a turn before anyone has the second.
    const name = names[kill < names.length ? kill : Math.floor(random() * names.length)] ?? '';
    const service = scene.get(name);
    log(`kill ${name}`);
    await service.end('SIGKILL');
    killed.set(name, (killed.get(name) ?? 0) + 1);
    await pause();
    await service.start();
  }
  return killed;
}

/** What else may happen to services, one thing after the other. */
export async function disturb({ scene, kafka, brokerAwayMilliseconds, pauseMilliseconds, log }: Chaos): Promise<void> {
  log('another reconciler');
  await scene.add('reconciler-3', 'reconciler').start();

  log('the active linker is ended');
  const active = await activeLinker(scene);
  await active?.end('SIGTERM');
  await active?.start();

  log('everything is delivered twice');
  log(`${await publishAgain(scene.connection, WORK_TOPIC)} work items once more`);

  log('the broker is stopped');
  await kafka.stop();
  await sleep(brokerAwayMilliseconds);
  await kafka.start();
  log('the broker is back');

  const paused = scene.get('reconciler-2');
  log('a reconciler stands still');
  paused.signal('SIGSTOP');
  await sleep(pauseMilliseconds);
  paused.signal('SIGCONT');

  log('a reconciler is taken away');
  await scene.get('reconciler-1').end('SIGTERM');
}

async function activeLinker(scene: ServicesScene): Promise<ServiceProcess | undefined> {
  for (const service of scene.services.values()) {
    if (service.app === 'linker' && (await service.health())?.parts['linker']?.status === 'ok') return service;
  }
  return undefined;
}

/** Makes changes at their registries, so many a second. */
export async function change(
  scene: ServicesScene,
  changes: readonly PlannedChange[],
  perSecond: number,
): Promise<void> {
  const startedAt = Date.now();
  for (const [index, { registry, record, content }] of changes.entries()) {
    await sleep(Math.max(0, startedAt + (index * 1000) / perSecond - Date.now()));
    await scene.change(registry, record, content);
  }
}
