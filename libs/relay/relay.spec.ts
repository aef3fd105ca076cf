import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  CORRECTION_EVENTS,
  correctionRequestsTopic,
  PUBLIC_EVENTS,
  PUBLIC_EVENTS_TOPIC,
} from '#contracts/public-events';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { describeWith, findKafka } from '#tests/support/infra';
import { RelayFencedError } from './errors.ts';
import { runRelay, type RelayStatus } from './run-relay.ts';
import { RELAY_POSITIONS_TOPIC } from './settings.ts';
import { relayScene, type RelayScene } from './testing/relay-scene.ts';
import { appendLife, appendVerdicts, hashOf } from './testing/sample-log.ts';

const PROGRAM = join(import.meta.dirname, 'testing/relay.process.ts');

describeWith(await findKafka(), 'the relay of public events', (kafka) => {
  let scene: RelayScene;
  const running: { readonly stop: AbortController; readonly ended: Promise<unknown> }[] = [];
  beforeEach(async () => {
    scene = await relayScene(kafka().brokers);
  });
  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    await Promise.allSettled(running.splice(0).map(({ ended }) => ended));
    await scene.dispose();
  });

  function start(settings: Parameters<typeof runRelay>[0]['settings'] = {}) {
    const stop = new AbortController();
    let status: RelayStatus | undefined;
    const ended = runRelay({
      store: scene.store,
      connection: scene.connection,
      settings: { initialRestartMs: 20, ...settings },
      signal: stop.signal,
      onStatus: (now) => (status = now),
    });
    ended.catch(() => undefined);
    running.push({ stop, ended });
    return { stop, ended, status: () => status };
  }
  const idsOf = (messages: readonly { readonly headers?: object | undefined }[]): string[] =>
    messages.map(({ headers }) => String((headers as { readonly ce_id: Buffer }).ce_id));

  it('tells verdicts to everyone and requests to their registry, by reference, as the contract says', async () => {
    const stream = await appendLife(scene.store, 1);
    start();
    const everyone = await scene.follow(PUBLIC_EVENTS_TOPIC);
    const registry = await scene.follow(correctionRequestsTopic('tax-office'));
    await Promise.all([everyone.reaches(1), registry.reaches(2)]);
    const told = [...everyone.messages, ...registry.messages].map(({ key, value, headers }) => ({
      key: key?.toString(),
      type: String(headers?.['ce_type']),
      data: JSON.parse(value?.toString() ?? '') as Record<string, unknown>,
    }));
    expect(told.map(({ type }) => type)).toEqual([
      'khop.public.verdict-given.v1',
      'khop.public.correction-requested.v1',
      'khop.public.correction-withdrawn.v1',
    ]);
    expect(told[0]?.data).toMatchObject({
      reconciliation: stream,
      check: 'tax-registration',
      outcome: 'MISMATCHED',
      record: { registry: 'enterprise-registry', record: 'enterprise', hash: hashOf(1), version: 0 },
      counterpart: { registry: 'tax-office', record: 'taxpayer', hash: hashOf(1), version: 2 },
    });
    const ajv = new Ajv({ strict: true, strictRequired: false });
    for (const { key, type, data } of told) {
      expect(key).toBe(stream);
      const definition = [...PUBLIC_EVENTS, ...CORRECTION_EVENTS].find((one) => one.type === type);
      expect([type, ajv.validate(definition?.data ?? false, data), ajv.errorsText()]).toEqual([
        type,
        true,
        'No errors',
      ]);
    }
    const [verdict] = everyone.messages;
    expect(String(verdict?.headers?.['ce_id'])).toBe(`${stream}@0`);
    expect(String(verdict?.headers?.['ce_subject'])).toBe(stream);
    expect(String(verdict?.headers?.['traceparent'])).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
    const all = [...everyone.messages, ...registry.messages];
    expect(all.map(({ value, headers }) => `${String(value)}${JSON.stringify(headers)}`).join()).not.toMatch(/Thử/);
  });

  it('goes on where it was, and tells what comes while it runs', async () => {
    await appendVerdicts(scene.store, 0, 10);
    const everyone = await scene.follow(PUBLIC_EVENTS_TOPIC);
    const first = start({ eventsPerTransaction: 4 });
    await everyone.reaches(10);
    first.stop.abort();
    await first.ended;
    await appendVerdicts(scene.store, 10, 5);
    const second = start({ eventsPerTransaction: 4 });
    await everyone.reaches(15);
    await appendVerdicts(scene.store, 15, 5);
    await everyone.reaches(20);
    expect(new Set(idsOf(everyone.messages)).size).toBe(20);
    expect(second.status()).toMatchObject({ position: 20, published: 10, caughtUp: true, awaySince: null });
  });

  it('ends when another relay of the same log begins; everyone is told each event once', async () => {
    await appendVerdicts(scene.store, 0, 400);
    const everyone = await scene.follow(PUBLIC_EVENTS_TOPIC);
    const stale = start({ eventsPerTransaction: 10 });
    await everyone.reaches(50);
    const next = start({ eventsPerTransaction: 10 });
    // It is fenced when it next wants to tell something, at the latest.
    const fenced = expect(stale.ended).rejects.toBeInstanceOf(RelayFencedError);
    await everyone.reaches(400);
    await appendVerdicts(scene.store, 400, 20);
    await fenced;
    await everyone.reaches(420);
    expect(idsOf(everyone.messages).toSorted()).toEqual([...new Set(idsOf(everyone.messages))].toSorted());
    expect(everyone.messages).toHaveLength(420);
    expect(next.status()?.position).toBe(420);
  }, 90_000);

  it('loses nothing and tells nothing twice when it is killed again and again', async () => {
    const EVENTS = 6_000;
    await appendVerdicts(scene.store, 0, EVENTS);
    const everyone = await scene.follow(PUBLIC_EVENTS_TOPIC);
    const { brokers, prefix } = scene.connection;
    for (let kill = 1; kill <= 4; kill++) {
      const options = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
      const child = spawn(process.execPath, [...options, PROGRAM, scene.directory, brokers.join(), prefix, '40'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const enough = everyone.messages.length + 200 * kill;
      await everyone.reaches(enough);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(everyone.messages.length).toBeLessThan(EVENTS);
    start();
    await everyone.reaches(EVENTS);
    expect(new Set(idsOf(everyone.messages)).size).toBe(EVENTS);
    expect(everyone.messages).toHaveLength(EVENTS);
  }, 90_000);

  it('refuses a log that has not what it has told', async () => {
    await appendVerdicts(scene.store, 0, 3);
    const first = start();
    await (await scene.follow(PUBLIC_EVENTS_TOPIC)).reaches(3);
    first.stop.abort();
    await first.ended;
    const { logId } = (await scene.store.pointAt()) ?? {};
    const older = await SqliteEventStore.open({ directory: join(scene.directory, 'older') });
    await appendVerdicts(older, 100, 2);
    const stop = new AbortController();
    const relay = runRelay({
      // A log that was restored from a backup keeps its id.
      store: new Proxy(older, {
        get: (target, name) => {
          if (name === 'pointAt') {
            return async (position?: number) => {
              const point = await target.pointAt(position);
              return point && { ...point, logId };
            };
          }
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      }),
      connection: scene.connection,
      signal: stop.signal,
    });
    await expect(relay).rejects.toMatchObject({ code: 'relay-position-not-in-log' });
    await older.close();
  });

  it('writes how far it is in the transaction of what it tells', async () => {
    await appendVerdicts(scene.store, 0, 3);
    start();
    const positions = await scene.follow(RELAY_POSITIONS_TOPIC);
    await positions.reaches(2);
    const point = await scene.store.pointAt(3);
    expect(positions.messages.map(({ key }) => String(key))).toEqual([
      `relay:${point?.logId ?? ''}`,
      `position:${point?.logId ?? ''}`,
    ]);
    expect(JSON.parse(String(positions.messages[1]?.value))).toEqual(point);
  });
});
