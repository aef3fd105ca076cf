import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '#libs/event-bus/port';
import { deadLetter, DONE, GROUP, idsOf, messages, recorder, retry, TOPIC, type Open } from './harness.ts';

const attemptsOf = (batches: readonly (readonly Delivery[])[], id: string): number[] =>
  batches.flat().flatMap(({ message, attempt }) => (message.id === id ? [attempt] : []));

export function retryCases(open: Open): void {
  describe('when a handler says retry', () => {
    it('tries the message again and counts the tries', async () => {
      const bus = await open();
      const handled = recorder(({ attempt }) => (attempt < 3 ? retry('busy') : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      expect(attemptsOf(handled.batches, 'a1')).toEqual([1, 2, 3]);
      expect(handled.done).toEqual(['a1']);
      expect(await bus.deadLetters()).toEqual([]);
    });

    it('keeps the later messages of its key behind it', async () => {
      const bus = await open();
      const handled = recorder(({ message, attempt }) => (message.id === 'a1' && attempt === 1 ? retry('busy') : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'a2', 'a3'));
      await bus.idle();
      expect(handled.delivered).toEqual(['a1', 'a1', 'a2', 'a3']);
    });

    it('counts anew for the next message of the key', async () => {
      const bus = await open();
      const handled = recorder(({ attempt }) => (attempt === 1 ? retry('busy') : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'a2'));
      await bus.idle();
      expect(attemptsOf(handled.batches, 'a2')).toEqual([1, 2]);
    });

    it('gives up after so many tries, with the last reason', async () => {
      const bus = await open({ maxAttempts: 3 });
      const handled = recorder(({ attempt }) => retry(`busy ${attempt}`));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([{ reason: 'busy 3', attempts: 3, topic: TOPIC, group: GROUP }]);
    });
  });

  describe('when a handler throws', () => {
    it('tries the whole batch again', async () => {
      const bus = await open();
      let thrown = false;
      const handled = recorder(() => {
        if (thrown) return DONE;
        thrown = true;
        throw new Error('the log is busy');
      });
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'b1', 'c1'));
      await bus.idle();
      expect(handled.done.toSorted()).toEqual(['a1', 'b1', 'c1']);
      expect(await bus.deadLetters()).toEqual([]);
    });

    it('ends with one dead letter, not with a batch of them, and with the error’s code, never its message', async () => {
      const bus = await open();
      const handled = recorder(({ message }) => {
        if (message.id === 'b1')
          throw Object.assign(new Error('Không khớp: a value stands here'), { code: 'cannot-be-folded' });
        return DONE;
      });
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'b1', 'c1', 'd1', 'a2'));
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([
        { message: { id: 'b1' }, reason: 'cannot-be-folded', attempts: 3 },
      ]);
      expect(handled.done.toSorted()).toEqual(['a1', 'a2', 'c1', 'd1']);
    });

    it.each([
      ['fewer', []],
      ['more', [DONE, DONE, DONE]],
    ])('or answers %s messages than it got, counts it as a failure', async (_, answer) => {
      const bus = await open({ maxAttempts: 2 });
      await bus.subscribe({ topic: TOPIC, group: GROUP }, () => Promise.resolve(answer));
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a1' }, attempts: 2 }]);
    });
  });

  describe('when a handler says dead-letter', () => {
    it('gives up at once, says why, and goes on with other keys', async () => {
      const bus = await open();
      const handled = recorder(({ message }) => (message.id === 'a1' ? deadLetter('cannot be folded') : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'b1'));
      await bus.idle();
      const letters = await bus.deadLetters();
      expect(idsOf(letters)).toEqual(['a1']);
      expect(letters).toMatchObject([{ reason: 'cannot be folded', attempts: 1, waiting: 0 }]);
      expect(Date.parse(letters[0]?.lastFailedAt ?? '')).toBeGreaterThan(0);
      expect(handled.done).toEqual(['b1']);
    });
  });
}
