import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchClaimed, MismatchFlagged } from '#contracts/events';
import { InMemoryDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { event, mismatch, reconciliation, verdictEvent } from '#libs/projections/testing';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';

const messages = ['1', '2', '3'].map((id) => ({ id: `message-${id}`, key: 'one', type: 'test', data: { id } }));

describe('dead letters', () => {
  let desk: DeskScene;
  let bus: InProcessEventBus;
  let isBroken = true;

  beforeAll(async () => {
    bus = new InProcessEventBus({ deadLetters: new InMemoryDeadLetterStore() });
    await bus.subscribe({ topic: 'work', group: 'judges' }, async (batch) =>
      batch.map(() => (isBroken ? { kind: 'dead-letter', reason: 'broken' } : { kind: 'done' })),
    );
    await bus.publish('work', messages);
    await bus.idle();
    desk = await openDesk({
      deps: ({ operations }) => ({
        operations: {
          ...operations,
          deadLetters: () => bus.deadLetters(),
          retryDeadLetter: (id, group) => bus.retryDeadLetter(id, group),
          setAsideDeadLetter: (id, group, reason) => bus.setAsideDeadLetter(id, group, reason),
        },
      }),
    });
  });
  afterAll(async () => {
    await desk.close();
    await bus.close();
  });

  const items = async () => {
    await bus.idle();
    return (await desk.get('/api/v1/dead-letters')).body['items'] as Record<string, unknown>[];
  };
  const act = (handler: string, id: string, step: string, body?: unknown) =>
    desk.post(`/api/v1/dead-letters/${handler}/${encodeURIComponent(id)}/${step}`, {
      actor: 'Ops',
      ...(body !== undefined && { body }),
    });

  it('are listed with reason and what waits behind them', async () => {
    expect(await items()).toMatchObject([
      { handler: 'judges', id: 'message-1', key: 'one', reason: 'broken', attempts: 1, waiting: 2 },
    ]);
    const { body } = await desk.get('/api/v1/dead-letters/judges/message-1');
    expect(body).toMatchObject({ id: 'message-1', data: { id: '1' } });
  });

  it('are set aside with a reason, and what waits goes on', async () => {
    expect((await act('judges', 'message-1', 'set-aside', { reason: ' ' })).status).toBe(400);
    expect((await act('judges', 'message-1', 'set-aside', { reason: 'a test' })).status).toBe(200);
    expect(await items()).toMatchObject([{ id: 'message-2', waiting: 1 }]);
  });

  it('are retried when what was broken is mended', async () => {
    isBroken = false;
    expect((await act('judges', 'message-2', 'retry')).body).toEqual({ handled: true });
    expect(await items()).toEqual([]);
  });

  it.each([
    ['judges', 'message-9'],
    ['view.queue', 'no-stream'],
  ])('are not found where there is none (%s %s)', async (handler, id) => {
    const { status, body } = await act(handler, id, 'retry');
    expect([status, body['code']]).toEqual([404, 'dead-letter-not-found']);
  });

  it('of views stand beside them', async () => {
    const stream = reconciliation(1);
    const claimByNobody = event(MismatchClaimed, { commandId: 'command-1' });
    const events = [verdictEvent(mismatch()), event(MismatchFlagged, { verdictId: 'verdict' }), claimByNobody];
    await desk.hub.store.append([{ stream, expected: 'no-stream', events }]);
    await desk.deps.operations.viewsCaughtUpTo(await desk.hub.store.head(), 5_000);

    const [letter] = (await items()).filter(({ handler }) => handler === 'view.queue');
    expect(letter).toMatchObject({ id: `${stream}@2`, key: stream, attempts: 1, waiting: 0 });
    const retried = await act('view.queue', `${stream}@2`, 'retry');
    expect(retried.body).toMatchObject({ handled: false, reason: expect.any(String) as unknown });
    expect((await act('view.queue', `${stream}@2`, 'set-aside', { reason: 'a test' })).status).toBe(200);
    expect((await act('view.queue', `${stream}@7`, 'set-aside', { reason: 'a test' })).status).toBe(404);
    expect((await act('view.horoscope', `${stream}@2`, 'retry')).status).toBe(404);
  });
});
