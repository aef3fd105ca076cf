import { afterEach, describe, expect, it } from '@jest/globals';
import { CorrectionAcknowledged, CorrectionRefused, CorrectionWithdrawn, MessageDeadLettered } from '#contracts/events';
import { REFUSALS } from '../mock-source/index.ts';
import { correctionTopic } from './index.ts';
import { ENTERPRISE, openScene, RECONCILIATION, until, type Scene } from './testing/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const applies = { applyRate: 1, refuseRate: 0 };
const refuses = { applyRate: 0, refuseRate: 1 };
const count = (events: readonly { type: string }[]): readonly string[] => events.map(({ type }) => type);
const changes = (): number => scene.source().counts().records['enterprise']?.changes ?? 0;

describe('a correction request', () => {
  it('goes to the source that owns the value, is acknowledged, and comes back as a new version', async () => {
    scene = await openScene(applies);
    await scene.start();
    await scene.request('r1', { fullName: 'Trần Thị Mậu Hai' });
    const answers = await until(
      () => scene.answers(),
      (events) => events.length === 1,
    );
    expect(answers).toMatchObject([{ type: CorrectionAcknowledged.type, data: { requestId: 'r1' } }]);
    await until(changes, (number) => number === 2);
    const page = await fetchLast();
    expect(page).toMatchObject({
      ...ENTERPRISE,
      representatives: [
        ENTERPRISE.representatives[0],
        { fullName: 'Trần Thị Mậu Hai', documentNumber: '001180000002' },
      ],
      updatedAt: expect.any(String),
    });
  });

  it('that the officer refuses is refused in the reconciliation, with the reason', async () => {
    scene = await openScene(refuses);
    await scene.start();
    await scene.request('r1', { fullName: 'Trần Thị Mậu Hai' });
    const answers = await until(
      () => scene.answers(),
      (events) => events.some(({ type }) => type === CorrectionRefused.type),
    );
    expect(answers.at(-1)).toMatchObject({ data: { requestId: 'r1' }, personal: { reason: REFUSALS.disagrees } });
    expect(changes()).toBe(1);
  });

  it('reaches a source that fails three times in ten, and changes the record once', async () => {
    scene = await openScene({ ...applies, failureRate: 0.3 });
    await scene.start();
    for (const number of [1, 2, 3, 4, 5, 6])
      await scene.request(`r${number}`, { documentNumber: `00118000000${number}` });
    await until(
      () => scene.answers(),
      (events) => events.length === 6,
    );
    await until(changes, (number) => number >= 7);
    expect(changes()).toBe(7);
    expect(new Set((await scene.answers()).map(({ data }) => data['requestId'])).size).toBe(6);
  });
});

describe('after a restart', () => {
  it('what was answered is not sent again, and what was not is', async () => {
    scene = await openScene({ applyRate: 0, refuseRate: 0 });
    await scene.start();
    await scene.request('r1', { fullName: 'A' });
    await until(
      () => scene.answers(),
      (events) => events.length === 1,
    );
    await scene.stop();
    await scene.request('r2', { fullName: 'B' });
    await scene.start();
    await until(
      () => scene.answers(),
      (events) => events.length === 2,
    );
    expect(scene.published).toEqual(['r1', 'r2']);
  });

  it('a refusal that was given meanwhile still arrives', async () => {
    scene = await openScene({ ...refuses, delayMilliseconds: 120 });
    await scene.start();
    await scene.request('r1', { fullName: 'A' });
    await until(
      () => scene.answers(),
      (events) => events.length === 1,
    );
    await scene.stop();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await scene.start();
    const answers = await until(
      () => scene.answers(),
      (events) => events.length === 2,
    );
    expect(count(answers)).toEqual([CorrectionAcknowledged.type, CorrectionRefused.type]);
  });
});

describe('a replay', () => {
  it('sends nothing that was withdrawn, answered or given up on, whatever the log once asked for', async () => {
    scene = await openScene(refuses);
    for (const requestId of ['withdrawn', 'acknowledged', 'given-up', 'open'])
      await scene.request(requestId, { fullName: 'A' });
    await scene.append(RECONCILIATION, CorrectionWithdrawn, { requestId: 'withdrawn', commandId: 'c1' });
    await scene.append(RECONCILIATION, CorrectionAcknowledged, { requestId: 'acknowledged', commandId: 'c2' });
    await scene.append('dead-letter.corrections-1', MessageDeadLettered, {
      topic: correctionTopic('enterprise-registry'),
      message: { id: 'given-up' },
    });
    await scene.start();
    await until(
      () => scene.answers(),
      (events) => events.length === 3,
    );
    expect(scene.published).toEqual(['open']);
  });
});

describe('decisions', () => {
  it('are read from the beginning when the source was set up anew', async () => {
    scene = await openScene(refuses);
    await scene.start();
    await scene.request('r1', { fullName: 'A' });
    await scene.request('r2', { fullName: 'B' });
    await until(
      () => scene.answers(),
      ({ length }) => length === 4,
    );
    await scene.stop();
    await scene.renewSource();
    await scene.start();
    await scene.request('r3', { fullName: 'C' });
    const answers = await until(
      () => scene.answers(),
      ({ length }) => length === 6,
    );
    expect(answers.at(-1)).toMatchObject({ type: CorrectionRefused.type, data: { requestId: 'r3' } });
  });
});

describe('a request that nobody can carry out', () => {
  it('becomes a dead letter with its reason when the source will not have it', async () => {
    scene = await openScene(applies);
    await scene.start();
    await scene.request('not an id', { fullName: 'A' });
    const letters = await until(
      () => scene.deadLetters(),
      ({ length }) => length === 1,
    );
    expect(letters).toMatchObject([
      { message: { id: 'not an id' }, reason: 'POST /corrections: status 400', attempts: 1 },
    ]);
    expect(await scene.answers()).toEqual([]);
  });
});

async function fetchLast(): Promise<unknown> {
  const response = await fetch(`${scene.sourceUrl()}/changes?record=enterprise&since=000000000001`);
  const page = (await response.json()) as { changes: readonly { content: unknown }[] };
  return page.changes.at(-1)?.content;
}
