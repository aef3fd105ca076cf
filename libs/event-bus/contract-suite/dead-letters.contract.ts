import { describe, expect, it } from '@jest/globals';
import { DeadLetterNotFoundError, type EventBus } from '#libs/event-bus/port';
import {
  DONE,
  failing,
  GROUP,
  idsOf,
  message,
  messages,
  recorder,
  TOPIC,
  type Recorder,
  type Open,
} from './harness.ts';

export function deadLetterCases(open: Open): void {
  /** `a1` is dead, `a2` and `a3` wait behind it, `b1` is done. */
  async function deadAndWaiting(): Promise<{ bus: EventBus; handled: Recorder }> {
    const bus = await open();
    const handled = recorder(failing('a1'));
    await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
    await bus.publish(TOPIC, messages('a1', 'a2', 'b1'));
    await bus.idle();
    await bus.publish(TOPIC, messages('a3'));
    await bus.idle();
    return { bus, handled };
  }

  describe('a dead letter', () => {
    it('lets later messages of its key wait, and no others', async () => {
      const { bus, handled } = await deadAndWaiting();
      expect(handled.delivered.toSorted()).toEqual(['a1', 'b1']);
      expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a1' }, waiting: 2 }]);
    });

    it('keeps the message whole', async () => {
      const bus = await open();
      const sent = { ...message('a1'), data: { nested: [1, null, 'x'] }, headers: { correlationId: 'c-1' } };
      await bus.subscribe({ topic: TOPIC, group: GROUP }, recorder(failing('a1')).handler);
      await bus.publish(TOPIC, [sent]);
      await bus.idle();
      expect((await bus.deadLetters())[0]?.message).toEqual(sent);
    });

    it('of one group is none of another', async () => {
      const bus = await open();
      const other = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, recorder(failing('a1')).handler);
      await bus.subscribe({ topic: TOPIC, group: 'other' }, other.handler);
      await bus.publish(TOPIC, messages('a1', 'a2'));
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([{ group: GROUP, waiting: 1 }]);
      expect(other.done).toEqual(['a1', 'a2']);
      await expect(bus.retryDeadLetter('a1', 'other')).rejects.toBeInstanceOf(DeadLetterNotFoundError);
    });

    it('of one topic holds up no message of the same key on another', async () => {
      const bus = await open();
      const other = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, recorder(failing('a1')).handler);
      await bus.subscribe({ topic: 'other', group: GROUP }, other.handler);
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      await bus.publish('other', messages('a2'));
      await bus.idle();
      expect(other.done).toEqual(['a2']);
    });

    it('waits with each message once, however often that is published', async () => {
      const { bus } = await deadAndWaiting();
      await bus.publish(TOPIC, messages('a1', 'a2', 'a3'));
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a1' }, waiting: 2 }]);
    });
  });

  describe('a retried dead letter', () => {
    it('is handled once its cause is mended, and what waits follows in order', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = () => DONE;
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      expect(handled.done).toEqual(['b1', 'a1', 'a2', 'a3']);
      expect(await bus.deadLetters()).toEqual([]);
      await bus.publish(TOPIC, messages('a4'));
      await bus.idle();
      expect(handled.done.at(-1)).toBe('a4');
    });

    it('comes with the number of its next try', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = () => DONE;
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      expect(handled.batches.flat().map(({ message, attempt }) => `${message.id} ${attempt}`)).toEqual(
        expect.arrayContaining(['a1 2', 'a2 1', 'a3 1']),
      );
    });

    it('is dead again when it fails again, with all its tries, and what waits goes on waiting', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = () => ({ kind: 'retry', reason: 'still broken' });
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([
        { message: { id: 'a1' }, reason: 'still broken', attempts: 4, waiting: 2 },
      ]);
      expect(handled.delivered).not.toContain('a2');
    });

    it('is followed by a dead letter when the next one fails', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = failing('a2');
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      expect(handled.done).toEqual(['b1', 'a1']);
      expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a2' }, attempts: 1, waiting: 1 }]);
    });

    it('stays before what is published while it is handled', async () => {
      const { bus, handled } = await deadAndWaiting();
      let publication: Promise<void> | undefined;
      handled.answer = async () => {
        publication ??= bus.publish(TOPIC, messages('a4'));
        await publication;
        return DONE;
      };
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      await bus.idle();
      expect(handled.done).toEqual(['b1', 'a1', 'a2', 'a3', 'a4']);
    });

    it('that nobody knows is an error with a code', async () => {
      const bus = await open();
      await expect(bus.retryDeadLetter('nobody', GROUP)).rejects.toMatchObject({ code: 'dead-letter-not-found' });
      await expect(bus.setAsideDeadLetter('nobody', GROUP, 'x')).rejects.toMatchObject({
        code: 'dead-letter-not-found',
      });
    });
  });

  describe('a dead letter that is set aside', () => {
    it('is left for good, and what waits behind it goes on', async () => {
      const { bus, handled } = await deadAndWaiting();
      await bus.setAsideDeadLetter('a1', GROUP, 'written by an older version');
      await bus.idle();
      expect(handled.done).toEqual(['b1', 'a2', 'a3']);
      expect(idsOf(await bus.deadLetters())).toEqual([]);
    });

    it('leaves nothing behind when nothing waits', async () => {
      const bus = await open();
      const handled = recorder(failing('a1'));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      await bus.setAsideDeadLetter('a1', GROUP, 'not needed');
      await bus.publish(TOPIC, messages('a2'));
      await bus.idle();
      expect(handled.done).toEqual(['a2']);
    });

    it('can have the next one dead behind it', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = failing('a2');
      await bus.setAsideDeadLetter('a1', GROUP, 'not needed');
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a2' }, waiting: 1 }]);
    });
  });

  describe('after a restart', () => {
    it('a dead letter is still there, with what waits behind it', async () => {
      const { bus } = await deadAndWaiting();
      const before = await bus.deadLetters();
      const again = await open();
      expect(await again.deadLetters()).toEqual(before);
    });

    it('later messages of its key still wait, and follow when it is retried', async () => {
      await deadAndWaiting();
      const bus = await open();
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a4', 'b2'));
      await bus.idle();
      expect(handled.delivered).toEqual(['b2']);
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      expect(handled.done).toEqual(['b2', 'a1', 'a2', 'a3', 'a4']);
    });

    it('what waited behind a dead letter that was set aside before goes on by itself', async () => {
      const { bus, handled } = await deadAndWaiting();
      // Nobody gets to handle it before the bus is closed.
      handled.answer = () => ({ kind: 'retry', reason: 'shutting down' });
      await bus.setAsideDeadLetter('a1', GROUP, 'not needed');
      const again = await open();
      const second = recorder();
      await again.subscribe({ topic: TOPIC, group: GROUP }, second.handler);
      await again.idle();
      expect(second.done).toEqual(['a2', 'a3']);
      expect(await again.deadLetters()).toEqual([]);
    });

    it('what was handled, or set aside, does not come back', async () => {
      const { bus, handled } = await deadAndWaiting();
      handled.answer = () => DONE;
      await bus.retryDeadLetter('a1', GROUP);
      await bus.idle();
      const again = await open();
      const second = recorder();
      await again.subscribe({ topic: TOPIC, group: GROUP }, second.handler);
      await again.idle();
      expect(second.delivered).toEqual([]);
      expect(await again.deadLetters()).toEqual([]);
    });
  });
}
