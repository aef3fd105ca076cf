import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { IHeaders } from 'kafkajs';
import type { Handler } from '#libs/event-bus/port';
import { describeWith, findKafka } from '#tests/support/infra';
import { headerText } from './cloud-event.ts';
import { DEAD_LETTER_TOPIC, topicName } from './names.ts';
import { GROUP, kafkaScene, message, remembering, TOPIC, until, type KafkaScene } from './testing/kafka-scene.ts';
import { describeDifference, ensureTopics } from './topics.ts';

const texts = (headers: IHeaders | undefined): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, header]) => [name, headerText(header)]));
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const at = { topic: TOPIC, group: GROUP };

describeWith(await findKafka(), 'the bus on Kafka', (kafka) => {
  let scene: KafkaScene;
  beforeEach(async () => {
    scene = await kafkaScene(kafka().brokers);
  });
  afterEach(async () => scene.dispose());

  it('writes CloudEvents in the binary binding, with the trace where both kinds of reader look', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sent = { ...message('m1', 'k'), headers: { correlationId: 'c-1', traceparent } };
    await scene.open().publish(TOPIC, [sent]);
    const [record] = await scene.records(TOPIC);
    expect(record?.key?.toString()).toBe('k');
    expect(record?.value?.toString()).toBe('{"id":"m1"}');
    expect(texts(record?.headers)).toEqual({
      ce_specversion: '1.0',
      ce_id: 'm1',
      ce_source: '/khop/test',
      ce_type: 'khop.work.judge.v1',
      ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      ce_traceparent: traceparent,
      'content-type': 'application/json',
      correlationId: 'c-1',
      traceparent,
    });
  });

  it('shares the partitions out among processes, in order per key, also while members come and go', async () => {
    const handled: string[] = [];
    const handler: Handler = async (batch) => {
      await sleep(1);
      handled.push(...batch.map(({ message: { id } }) => id));
      return batch.map(() => ({ kind: 'done' }));
    };
    const [one, other, publisher] = [scene.open(), scene.open(), scene.open()];
    await one.subscribe(at, handler);
    const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const publish = async (from: number, to: number): Promise<void> => {
      for (let number = from; number < to; number++) {
        await publisher.publish(
          TOPIC,
          keys.map((key) => message(`${key}:${String(number).padStart(3, '0')}`, key)),
        );
      }
    };
    const first = publish(0, 20);
    await other.subscribe(at, handler);
    await first;
    await until(() => one.status().groups[0]?.partitions.length === 2);
    expect(other.status().groups[0]?.partitions).toHaveLength(2);
    const second = publish(20, 40);
    await one.close();
    await second;
    await other.idle();
    // What was not committed when a partition moved comes again: the first time counts.
    const once = [...new Set(handled)];
    for (const key of keys) {
      const expected = Array.from({ length: 40 }, (_, number) => `${key}:${String(number).padStart(3, '0')}`);
      expect(once.filter((id) => id.startsWith(`${key}:`))).toEqual(expected);
    }
    expect(await publisher.lag(at)).toBe(0);
  });

  it('keeps a member whose handler takes longer than the brokers wait for a sign of life', async () => {
    const settings = {
      sessionTimeoutMs: 1_000,
      heartbeatIntervalMs: 200,
      rebalanceTimeoutMs: 5_000,
      watchdogMs: 1_000,
    };
    const bus = scene.open(settings);
    const slow = remembering(() => sleep(2_500));
    await bus.subscribe(at, slow.handler);
    await bus.publish(TOPIC, [message('m1', 'k')]);
    await bus.idle();
    expect(slow.ids).toEqual(['m1']);
    expect(bus.status().groups).toMatchObject([{ restarts: 0, running: true }]);
  });

  it('lets what is being handled finish before its partition goes to another member', async () => {
    const running = new Set<string>();
    let twiceAtOnce = 0;
    const handler = remembering(async (batch) => {
      for (const {
        message: { key },
      } of batch)
        twiceAtOnce += running.has(key) ? 1 : 0;
      batch.forEach(({ message: { key } }) => running.add(key));
      await sleep(600);
      batch.forEach(({ message: { key } }) => running.delete(key));
    }).handler;
    const [one, other] = [scene.open({ heartbeatIntervalMs: 50 }), scene.open({ heartbeatIntervalMs: 50 })];
    const keys = Array.from({ length: 16 }, (_, index) => `k${index}`);
    await one.subscribe(at, handler);
    await one.publish(
      TOPIC,
      keys.flatMap((key) => [message(`${key}-1`, key), message(`${key}-2`, key)]),
    );
    await sleep(200);
    await other.subscribe(at, handler);
    await Promise.all([one.idle(), other.idle()]);
    expect(twiceAtOnce).toBe(0);
  });

  it('makes a message that nobody can read a dead letter, and goes on', async () => {
    const bus = scene.open();
    const handled = remembering();
    await bus.subscribe(at, handled.handler);
    const producer = scene.client.producer();
    await producer.connect();
    const topic = topicName(scene.connection, TOPIC);
    await producer.send({ topic, messages: [{ key: 'k', value: '{broken', headers: { ce_id: 'm0', ce_type: 't' } }] });
    await producer.disconnect();
    await bus.publish(TOPIC, [message('m1', 'other')]);
    await bus.idle();
    expect(handled.ids).toEqual(['m1']);
    expect(await bus.deadLetters()).toMatchObject([{ reason: 'message-unreadable', message: { id: 'm0', key: 'k' } }]);
  });

  it('hands a dead letter to whichever process has its partition, when another one asks for it', async () => {
    const [worker, desk] = [scene.open(), scene.open()];
    let broken = true;
    const done: string[] = [];
    await worker.subscribe(at, async (batch) =>
      batch.map(({ message: { id } }) => {
        if (broken && id === 'm1') return { kind: 'dead-letter', reason: 'cannot be folded' };
        done.push(id);
        return { kind: 'done' };
      }),
    );
    await desk.publish(TOPIC, [message('m1', 'k'), message('m2', 'k'), message('n1', 'n')]);
    await worker.idle();
    expect(await desk.deadLetters()).toMatchObject([{ message: { id: 'm1' }, waiting: 1 }]);
    broken = false;
    await desk.retryDeadLetter('m1', GROUP);
    await until(() => done.length === 3);
    expect(done).toEqual(['n1', 'm1', 'm2']);
    expect(await desk.deadLetters()).toEqual([]);
  });

  it('knows on a member that takes over what another one has parked', async () => {
    const [one, other] = [scene.open(), scene.open()];
    await one.subscribe(at, async (batch) => batch.map(() => ({ kind: 'dead-letter', reason: 'cannot be folded' })));
    await one.publish(TOPIC, [message('m1', 'k')]);
    await one.idle();
    await one.close();
    const handled = remembering();
    await other.subscribe(at, handled.handler);
    await other.publish(TOPIC, [message('m2', 'k'), message('n1', 'n')]);
    await other.idle();
    expect(handled.ids).toEqual(['n1']);
    expect(await other.deadLetters()).toMatchObject([{ waiting: 1 }]);
  });

  it('tells in the topic of dead letters why, how often and when', async () => {
    const bus = scene.open();
    await bus.subscribe(at, async (batch) => batch.map(() => ({ kind: 'retry', reason: 'busy' })));
    await bus.publish(TOPIC, [message('m1', 'k')]);
    await bus.idle();
    const records = await scene.records(DEAD_LETTER_TOPIC);
    const letter = records.map(({ headers }) => texts(headers)).find(({ ce_id: id }) => id === 'm1');
    expect(letter).toMatchObject({
      khop_state: 'dead',
      khop_topic: TOPIC,
      khop_reason: 'busy',
      khop_attempts: '3',
      khop_first_failed_at: expect.stringMatching(/Z$/),
      khop_last_failed_at: expect.stringMatching(/Z$/),
    });
  });

  it('says which topics exist in another form than the settings ask for, and leaves them', async () => {
    const topic = topicName(scene.connection, TOPIC);
    const wanted = { topic, partitions: 12, replication: 1, retention: 'compact' as const };
    const { created, differences } = await ensureTopics(scene.client, [wanted]);
    expect(created).toEqual([]);
    expect(differences).toEqual([
      { topic, partitions: { wanted: 12, actual: 4 }, cleanup: { wanted: 'compact', actual: 'delete' } },
    ]);
    expect(differences.map(describeDifference)[0]).toMatch(/has 4 partitions, not the 12[^]*cleanup policy delete/);
    const same = { ...wanted, partitions: 4, retention: { hours: 1 } };
    expect(await ensureTopics(scene.client, [same])).toEqual({ created: [], differences: [] });
  });
});
