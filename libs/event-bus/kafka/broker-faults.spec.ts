import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, findKafkaStarter, type OwnKafka } from '#tests/support/infra';
import { GROUP, kafkaScene, message, remembering, TOPIC, until, type KafkaScene } from './testing/kafka-scene.ts';

const at = { topic: TOPIC, group: GROUP };
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describeWith(await findKafkaStarter(), 'when the broker fails, the bus', (start) => {
  let kafka: OwnKafka;
  let scene: KafkaScene;
  beforeAll(async () => {
    kafka = await start()();
    scene = await kafkaScene(kafka.brokers);
  }, 60_000);
  afterAll(async () => {
    await scene.dispose().finally(() => kafka.dispose());
  }, 60_000);

  it('lets publishers wait while it is away, says so, and loses and reorders nothing when it is killed', async () => {
    const bus = scene.open();
    const handled = remembering();
    const subscription = await bus.subscribe(at, handled.handler);
    const ids: string[] = [];
    const stop = new AbortController();
    const publishing = (async () => {
      while (!stop.signal.aborted) {
        const id = `m${ids.length}`;
        ids.push(id);
        await bus.publish(TOPIC, [message(id, 'k')]);
        await sleep(2);
      }
    })();
    await until(() => handled.ids.length > 50);
    await kafka.kill();
    await until(() => bus.status().awaySince !== null);
    await kafka.start();
    await until(() => bus.status().awaySince === null);
    stop.abort();
    await publishing;
    await until(() => new Set(handled.ids).size === ids.length);
    expect([...new Set(handled.ids)]).toEqual(ids);
    await subscription.close();
  }, 180_000);

  it('starts a consumer anew that has heard nothing for too long, and goes on', async () => {
    const bus = scene.open({ watchdogMs: 1_500, heartbeatIntervalMs: 500 });
    const handled = remembering();
    await bus.subscribe({ ...at, group: 'watched' }, handled.handler);
    await kafka.pause();
    await until(() => (bus.status().groups[0]?.restarts ?? 0) > 0);
    await kafka.resume();
    await bus.publish(TOPIC, [message('after', 'k')]);
    await until(() => handled.ids.includes('after'));
    expect(bus.status().groups).toMatchObject([{ running: true }]);
  }, 180_000);
});
