import { describe, expect, it } from '@jest/globals';
import { EventBusClosedError } from '#libs/event-bus/port';
import { DONE, GROUP, messages, recorder, TOPIC, until, type Open } from './harness.ts';

/** A gate that a handler waits at. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export function lifecycleCases(open: Open): void {
  describe('under load', () => {
    it('lets publishers wait while its queues are full, and loses nothing', async () => {
      const bus = await open({ maxQueuedMessages: 5, batchSize: 2 });
      const { opened, open: openGate } = gate();
      const handled = recorder(async () => opened.then(() => DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      const ids = Array.from({ length: 12 }, (_, index) => `a${index}`);
      let taken = false;
      const publication = bus.publish(TOPIC, messages(...ids)).then(() => (taken = true));
      await soon();
      expect(taken).toBe(false);
      openGate();
      await publication;
      await bus.idle();
      expect(handled.done).toEqual(ids);
    });

    it('keeps publications in their order while they wait', async () => {
      const bus = await open({ maxQueuedMessages: 2 });
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await Promise.all([
        bus.publish(TOPIC, messages('a1', 'a2', 'a3', 'a4')),
        bus.publish(TOPIC, messages('a5', 'a6', 'a7')),
        bus.publish(TOPIC, messages('a8')),
      ]);
      await bus.idle();
      expect(handled.done).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']);
    });
  });

  describe('idle', () => {
    it('comes at once when nothing is under way', async () => {
      const bus = await open();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, recorder().handler);
      await bus.idle();
    });

    it('waits for what is being tried again', async () => {
      const bus = await open();
      const handled = recorder(({ attempt }) => (attempt < 3 ? { kind: 'retry', reason: 'busy' } : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'b1'));
      await bus.idle();
      expect(handled.done.toSorted()).toEqual(['a1', 'b1']);
    });

    it('does not wait for what is published after it was asked for', async () => {
      const bus = await open({ batchSize: 1 });
      const { opened, open: openGate } = gate();
      const handled = recorder(async ({ message }) => (message.key === 'b' ? opened.then(() => DONE) : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1'));
      const idle = bus.idle();
      await bus.publish(TOPIC, messages('b1'));
      await idle;
      expect(handled.done).toEqual(['a1']);
      openGate();
      await bus.idle();
      expect(handled.done).toEqual(['a1', 'b1']);
    });
  });

  describe('closing', () => {
    it('a subscription lets its batch finish, and takes no more', async () => {
      const bus = await open({ batchSize: 1 });
      const { opened, open: openGate } = gate();
      const handled = recorder(async () => opened.then(() => DONE));
      const subscription = await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'a2'));
      await until(() => handled.delivered.length === 1);
      const closing = subscription.close();
      openGate();
      await closing;
      expect(handled.done).toEqual(['a1']);
      expect(handled.delivered).toEqual(['a1']);
    });

    it('the bus lets what is being handled finish', async () => {
      const bus = await open();
      const handled = recorder(async () => soon().then(() => DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1'));
      await until(() => handled.delivered.length === 1);
      await bus.close();
      expect(handled.done).toEqual(['a1']);
    });

    it('the bus refuses what comes later, and may be repeated', async () => {
      const bus = await open();
      await bus.close();
      await bus.close();
      await expect(bus.publish(TOPIC, messages('a1'))).rejects.toBeInstanceOf(EventBusClosedError);
      await expect(bus.subscribe({ topic: TOPIC, group: GROUP }, recorder().handler)).rejects.toMatchObject({
        code: 'event-bus-closed',
      });
    });

    it('the bus tells publishers that wait for room', async () => {
      const bus = await open({ maxQueuedMessages: 1, initialBackoffMs: 60_000, maxBackoffMs: 60_000 });
      const handled = recorder(() => ({ kind: 'retry', reason: 'busy' }));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      const publication = bus.publish(TOPIC, messages('a1', 'a2'));
      const refused = expect(publication).rejects.toBeInstanceOf(EventBusClosedError);
      await until(() => handled.delivered.length === 1);
      await bus.close();
      await refused;
    });
  });
}
