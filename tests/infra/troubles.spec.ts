import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RECORD_EVENT_TYPES, recordTypeOfStream } from '#contracts/events';
import type { DeadLetterList } from '#contracts/http';
import { CURRENT_RULES } from '#contracts/rules';
import { WORK_TOPIC, type JudgeItem, type WorkItem } from '#contracts/work';
import { createClient, createKafkaEventBus } from '#libs/event-bus/kafka';
import { PROVINCE_FILES } from '#seeds';
import { ask, importInto, jsonl, logOf, personalValuesOf, rowsOf, verdictsOf } from '#tests/support';
import { describeWith, findKafkaStarter, type OwnKafka } from '#tests/support/infra';
import { openServicesScene, readTopic, type ServicesScene } from '#tests/support/services';
import { change } from './chaos.ts';
import { planChanges, type PlannedChange } from './changes.ts';
import { LONG, startServices } from './support.ts';

const RESIDENTS = LONG ? 5_000 : 400;
const BROKER_AWAY_MILLISECONDS = LONG ? 120_000 : 12_000;
const PATIENCE_MILLISECONDS = LONG ? 300_000 : 60_000;
const CHANGES_AT_ONCE = 1_000;

describeWith(await findKafkaStarter(), 'services in trouble', (start) => {
  let kafka: OwnKafka;
  let scene: ServicesScene;
  let changes: readonly PlannedChange[];
  let desk: string;
  const { truth: _, ...files } = PROVINCE_FILES;
  const provinceFiles = (): readonly string[] => Object.values(files).map((file) => join(scene.provinceFiles, file));

  beforeAll(async () => {
    kafka = await start()();
    scene = await openServicesScene({
      brokers: kafka.brokers,
      residents: RESIDENTS,
    });
    changes = planChanges(scene.provinceFiles, 80);
    await startServices(scene);
    await scene.quiet(PATIENCE_MILLISECONDS);
    desk = String((await scene.get('steward-desk-1').health())?.parts['desk']?.['api']);
  }, 240_000);
  afterAll(async () => {
    await scene.close();
    await kafka.dispose();
  }, 60_000);

  it(
    'set a poison message aside with its reason, go on with the rest, and handle it once it is fixed',
    async () => {
      const [first, ...others] = changes.slice(0, 40).filter(({ record }) => record === 'enterprise');
      const item = await workOn(first?.key ?? '');
      // It names a version that the record does not have.
      await publish({
        ...item,
        left: { stream: item.left.stream, version: 1 },
        asOf: (await logOf(scene.dataDir)).length,
      });
      const [letter] = await deadLetters((letters) => letters.length === 1);
      expect(letter).toMatchObject({
        handler: 'reconciler',
        reason: 'RecordVersionMissingError',
        attempts: 1,
        firstFailedAt: expect.any(String),
        lastFailedAt: expect.any(String),
      });

      await change(scene, others, CHANGES_AT_ONCE);
      await change(scene, first === undefined ? [] : [first], CHANGES_AT_ONCE);
      await scene.quiet(PATIENCE_MILLISECONDS);
      // The change that fixes it waits behind it; those of others do not.
      expect(await deadLetters((letters) => letters[0]?.waiting === 1)).toHaveLength(1);
      await ask(desk, `dead-letters/reconciler/${letter?.id ?? ''}/retry`, { body: {} });
      expect(await deadLetters((letters) => letters.length === 0)).toEqual([]);
      await scene.quiet(PATIENCE_MILLISECONDS);
      await expectSameVerdicts('fixed', [...others, ...(first === undefined ? [] : [first])]);
    },
    PATIENCE_MILLISECONDS * 3,
  );

  it(
    'keep taking records in while the broker is away, say so, and catch up by themselves',
    async () => {
      await kafka.stop();
      const before = await recordEvents();
      const more = changes.slice(40);
      await change(scene, more, more.length / (BROKER_AWAY_MILLISECONDS / 2000));
      await sleep(BROKER_AWAY_MILLISECONDS / 2);
      expect((await recordEvents()) - before).toBe(more.length);
      for (const name of ['residents', 'linker-1', 'reconciler-1', 'steward-desk-1', 'relay']) {
        const service = scene.get(name);
        const { status, parts } = (await service.health()) ?? {};
        expect([name, status, parts?.['kafka']]).toEqual([
          name,
          'degraded',
          expect.objectContaining({ status: 'degraded', code: 'broker-away' }),
        ]);
        expect(await service.metrics()).toContain('khop_broker_up 0');
      }
      await kafka.start();
      await scene.quiet(PATIENCE_MILLISECONDS);
      const done = changes.slice(0, 40).filter(({ record }) => record === 'enterprise');
      await expectSameVerdicts('caught-up', [...done, ...more]);
    },
    BROKER_AWAY_MILLISECONDS * 3 + PATIENCE_MILLISECONDS * 2,
  );

  it('say nothing personal: not in a log line, a message on Kafka, or a metric', async () => {
    const rows = [...provinceFiles().flatMap(rowsOf), ...changes.map(({ content }) => content)];
    const values = personalValuesOf(rows, [CURRENT_RULES]);
    expect(Object.values(values.counts).every((count) => count > 100)).toBe(true);
    const metrics = await Promise.all([...scene.services.values()].map((service) => service.metrics()));
    const said = new Map([['log lines', scene.said()], ['metrics', metrics.join('\n')], ...(await allMessages())]);
    expect(said.get(WORK_TOPIC)?.length).toBeGreaterThan(RESIDENTS * 100);
    for (const [where, text] of said) expect([where, values.foundIn(text)]).toEqual([where, []]);
  }, 60_000);

  /** What the linker has handed out to be judged of an enterprise's people. */
  async function workOn(enterpriseCode: string): Promise<JudgeItem> {
    const stream = (await logOf(scene.dataDir)).find(
      (event) => recordTypeOfStream(event.stream) === 'enterprise' && event.personal?.['key'] === enterpriseCode,
    )?.stream;
    const items = (await readTopic(scene.connection, WORK_TOPIC)).map(
      ({ value }) => JSON.parse(String(value)) as WorkItem,
    );
    for (const item of items) {
      if (item.kind === 'judge' && item.check === 'legal-representative' && item.left.stream === stream) return item;
    }
    throw new Error('Nothing was to be judged of this enterprise');
  }

  async function publish(item: JudgeItem): Promise<void> {
    const bus = createKafkaEventBus({ connection: scene.connection, source: '/khop/test' });
    await bus.publish(WORK_TOPIC, [{ id: 'poison', key: item.reconciliation, type: 'khop.work.judge.v1', data: item }]);
    await bus.close();
  }

  /** The dead letters as a desk shows them, once they are as expected, or after a while. */
  async function deadLetters(
    areThere: (letters: DeadLetterList['items']) => boolean,
  ): Promise<DeadLetterList['items']> {
    for (const until = Date.now() + 20_000; ;) {
      const { items } = await ask<DeadLetterList>(desk, 'dead-letters');
      if (areThere(items) || Date.now() > until) return items;
      await sleep(200);
    }
  }

  async function recordEvents(): Promise<number> {
    return (await logOf(scene.dataDir)).filter(({ type }) => RECORD_EVENT_TYPES.includes(type)).length;
  }

  async function expectSameVerdicts(name: string, made: readonly PlannedChange[]): Promise<void> {
    const elsewhere = scene.workshop.at(name);
    await importInto(elsewhere, ...provinceFiles());
    for (const record of ['resident', 'enterprise'] as const) {
      const rows = made.filter((one) => one.record === record).map(({ content }) => content);
      if (rows.length > 0) await importInto(elsewhere, scene.workshop.file(`${record}s.jsonl`, jsonl(rows)));
    }
    expect(await verdictsOf(scene.dataDir)).toBe(await verdictsOf(elsewhere));
  }

  async function allMessages(): Promise<readonly (readonly [string, string])[]> {
    const { connection } = scene;
    const admin = createClient(connection, () => undefined).admin();
    await admin.connect();
    const names = (await admin.listTopics()).filter((name) => name.startsWith(connection.prefix));
    await admin.disconnect();
    const texts = names.map(async (name) => {
      const topic = name.slice(connection.prefix.length);
      const messages = await readTopic(connection, topic);
      const parts = messages.flatMap(({ key, value, headers }) => [
        String(key),
        String(value),
        ...Object.entries(headers ?? {}).map(([header, text]) => `${header}: ${String(text)}`),
      ]);
      return [topic, parts.join('\n')] as const;
    });
    return Promise.all(texts);
  }
});
