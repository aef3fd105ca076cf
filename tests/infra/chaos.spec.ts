import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PUBLIC_EVENTS_TOPIC } from '#contracts/public-events';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { PROVINCE_FILES } from '#seeds';
import { importInto, jsonl, logOf, verdictsOf } from '#tests/support';
import { describeWith, findKafkaStarter, type OwnKafka } from '#tests/support/infra';
import { openServicesScene, readTopic, type ServicesScene } from '#tests/support/services';
import { change, disturb, killAtRandom, type Chaos } from './chaos.ts';
import { changesInLog, planChanges, planned } from './changes.ts';
import { faultsOf, publicEventsOf } from './log-invariants.ts';
import { endServices, LONG, numberFrom, seededRandom, startServices } from './support.ts';

const RESIDENTS = LONG ? 20_000 : 600;
const KILLS = numberFrom('KHOP_CHAOS_KILLS', LONG ? 60 : 20);
const SEED = numberFrom('KHOP_CHAOS_SEED', 1);
const CHANGES = LONG ? 6_000 : 600;
const CHANGES_PER_SECOND = 20;
const BROKER_AWAY_MILLISECONDS = LONG ? 30_000 : 4_000;
const PAUSE_MILLISECONDS = LONG ? 60_000 : 7_000;
const PATIENCE_MILLISECONDS = LONG ? 900_000 : 120_000;

describeWith(
  await findKafkaStarter(),
  'services that are killed, paused and cut off while records come in',
  (start) => {
    let kafka: OwnKafka;
    let scene: ServicesScene;
    /** What was done to the services, for whoever has to find out why they did not bear it. */
    const story: string[] = [];
    beforeAll(async () => {
      kafka = await start()();
      scene = await openServicesScene({ brokers: kafka.brokers, residents: RESIDENTS });
    }, 120_000);
    afterAll(async () => {
      if (process.env['KHOP_CHAOS_STORY'] === 'true') process.stderr.write(`${story.join('\n')}\n`);
      await scene.close();
      await kafka.dispose();
    }, 60_000);

    it(
      'come to the very state of a hub that nobody disturbs: nothing lost, nothing twice, all in order',
      async () => {
        const startedAt = Date.now();
        const chaos: Chaos = {
          scene,
          kafka,
          kills: KILLS,
          brokerAwayMilliseconds: BROKER_AWAY_MILLISECONDS,
          pauseMilliseconds: PAUSE_MILLISECONDS,
          random: seededRandom(SEED),
          log: (what) => story.push(`${((Date.now() - startedAt) / 1000).toFixed(1)} s ${what}`),
        };
        const changes = planChanges(scene.provinceFiles, CHANGES);
        await startServices(scene);
        const [killed] = await Promise.all([
          killAtRandom(chaos),
          change(scene, changes, CHANGES_PER_SECOND),
          disturb(chaos),
        ]);
        expect([...killed.values()].reduce((sum, count) => sum + count, 0)).toBe(KILLS);
        chaos.log('nothing more is done');
        await scene.quiet(PATIENCE_MILLISECONDS);
        chaos.log('all is quiet');
        await endServices(scene);
        chaos.log('all have ended');

        const store = await SqliteEventStore.open({ directory: join(scene.dataDir, 'log'), readOnly: true });
        const events = await logOf(scene.dataDir);
        expect(faultsOf(events)).toEqual([]);
        expect(changesInLog(events)).toEqual(planned(changes));
        const told = (await readTopic(scene.connection, PUBLIC_EVENTS_TOPIC)).map(({ headers }) =>
          String(headers?.['ce_id']),
        );
        expect(told.toSorted()).toEqual((await publicEventsOf(events, store)).toSorted());
        await store.close();

        const { truth: _, ...files } = PROVINCE_FILES;
        const undisturbed = scene.workshop.at('undisturbed');
        await importInto(undisturbed, ...Object.values(files).map((file) => join(scene.provinceFiles, file)));
        for (const record of ['resident', 'enterprise'] as const) {
          const rows = changes.filter((one) => one.record === record).map(({ content }) => content);
          await importInto(undisturbed, scene.workshop.file(`${record}s.jsonl`, jsonl(rows)));
        }
        expect(await verdictsOf(scene.dataDir)).toBe(await verdictsOf(undisturbed));
      },
      PATIENCE_MILLISECONDS * 4,
    );
  },
);
