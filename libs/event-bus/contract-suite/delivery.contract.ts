import { describe, expect, it } from '@jest/globals';
import { DONE, GROUP, message, messages, recorder, TOPIC, until, type Open } from './harness.ts';

const numbered = (key: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${key}${index}`);

export function deliveryCases(open: Open): void {
  describe('delivers', () => {
    it('each message, whole, on its first try', async () => {
      const bus = await open();
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      const sent = {
        ...message('a1'),
        data: { deep: [1, { nested: 'đã khớp' }] },
        headers: { traceparent: '00-1-2-01' },
      };
      await bus.publish(TOPIC, [sent]);
      await bus.idle();
      expect(handled.batches).toEqual([[{ message: sent, attempt: 1 }]]);
    });

    it('nothing for an empty publication', async () => {
      const bus = await open();
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, []);
      await bus.idle();
      expect(handled.delivered).toEqual([]);
    });

    it('the messages of a key in order, one at a time, over many publications', async () => {
      const bus = await open();
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      const publications = numbered('a', 30).map((id, index) => bus.publish(TOPIC, messages(id, `b${index}`)));
      await Promise.all(publications);
      await bus.idle();
      expect(handled.done.filter((id) => id.startsWith('a'))).toEqual(numbered('a', 30));
      expect(handled.done.filter((id) => id.startsWith('b'))).toEqual(numbered('b', 30));
    });

    it('no two messages of a key in one batch, and no batch above its bound', async () => {
      const bus = await open({ batchSize: 4 });
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'a2', 'b1', 'c1', 'a3', 'd1', 'e1', 'f1', 'b2'));
      await bus.idle();
      for (const batch of handled.batches) {
        expect(batch.length).toBeLessThanOrEqual(4);
        expect(new Set(batch.map(({ message }) => message.key)).size).toBe(batch.length);
      }
      expect(handled.delivered).toHaveLength(9);
    });

    it('to each group every message', async () => {
      const bus = await open();
      const [one, other] = [recorder(), recorder()];
      await bus.subscribe({ topic: TOPIC, group: 'one' }, one.handler);
      await bus.subscribe({ topic: TOPIC, group: 'other' }, other.handler);
      await bus.publish(TOPIC, messages('a1', 'b1', 'a2'));
      await bus.idle();
      expect(one.done.toSorted()).toEqual(['a1', 'a2', 'b1']);
      expect(other.done.toSorted()).toEqual(['a1', 'a2', 'b1']);
    });

    it('to a group only what is published on its topic', async () => {
      const bus = await open();
      const handled = recorder();
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.subscribe({ topic: 'other', group: GROUP }, recorder().handler);
      await bus.publish('other', messages('x1'));
      await bus.publish(TOPIC, messages('a1'));
      await bus.idle();
      expect(handled.delivered).toEqual(['a1']);
    });

    it('each message to one member of a group, and a key to one at a time', async () => {
      const bus = await open({ batchSize: 1 });
      const busy = new Set<string>();
      const slowly = recorder(async ({ message }) => {
        expect(busy.has(message.key)).toBe(false);
        busy.add(message.key);
        await new Promise((resolve) => setTimeout(resolve, 1));
        busy.delete(message.key);
        return DONE;
      });
      await bus.subscribe({ topic: TOPIC, group: GROUP }, slowly.handler);
      await bus.subscribe({ topic: TOPIC, group: GROUP }, slowly.handler);
      await bus.publish(TOPIC, messages('a1', 'b1', 'a2', 'b2', 'a3', 'b3'));
      await bus.idle();
      expect(slowly.done.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
      expect(slowly.done.filter((id) => id.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
    });

    it('goes on with a member that stays when another one leaves', async () => {
      const bus = await open();
      const [leaves, stays] = [recorder(), recorder()];
      const subscription = await bus.subscribe({ topic: TOPIC, group: GROUP }, leaves.handler);
      await bus.subscribe({ topic: TOPIC, group: GROUP }, stays.handler);
      await subscription.close();
      await bus.publish(TOPIC, messages('a1', 'b1'));
      await bus.idle();
      expect(leaves.delivered).toEqual([]);
      expect(stays.done.toSorted()).toEqual(['a1', 'b1']);
    });

    it('to a slow key without keeping the others waiting', async () => {
      const bus = await open({ initialBackoffMs: 60_000, maxBackoffMs: 60_000 });
      const handled = recorder(({ message }) => (message.key === 'a' ? { kind: 'retry', reason: 'later' } : DONE));
      await bus.subscribe({ topic: TOPIC, group: GROUP }, handled.handler);
      await bus.publish(TOPIC, messages('a1', 'b1', 'a2', 'c1', 'b2'));
      await until(() => handled.done.length === 3);
      expect(handled.done.toSorted()).toEqual(['b1', 'b2', 'c1']);
      expect(handled.delivered).not.toContain('a2');
    });
  });
}
