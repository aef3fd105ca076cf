import { describe, expect, it } from '@jest/globals';
import { InMemoryDeadLetterStore } from '#libs/event-bus/dead-letters';
import type { DeliverySettings, Timer } from '#libs/event-bus/delivery';
import type { Message, Outcome } from '#libs/event-bus/port';
import { InProcessEventBus } from './in-process.event-bus.ts';

/** Time that passes when it is told to. */
function manualTime() {
  let now = Date.parse('2026-11-02T01:00:00Z');
  const due: { at: number; callback: () => void }[] = [];
  const timer: Timer = (milliseconds, callback) => {
    const entry = { at: now + milliseconds, callback };
    due.push(entry);
    return () => void due.splice(due.indexOf(entry), 1);
  };
  return {
    timer,
    clock: () => now,
    pauses: () => due.map(({ at }) => at - now),
    pass: async (milliseconds: number) => {
      now += milliseconds;
      for (const entry of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(entry), 1);
        entry.callback();
      }
      await turns();
    },
  };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const message = (id: string, key = id): Message => ({ id, key, type: 'test', data: null });
const BUSY: Outcome = { kind: 'retry', reason: 'busy' };
const DONE: Outcome = { kind: 'done' };

function busWith(settings: Partial<DeliverySettings>, deadLetters = new InMemoryDeadLetterStore()) {
  const time = manualTime();
  const bus = new InProcessEventBus({ deadLetters, settings, clock: time.clock, timer: time.timer });
  return { bus, time, deadLetters };
}

describe('the in-process event bus', () => {
  it('doubles the pause after each failed try, up to a bound', async () => {
    const { bus, time } = busWith({ initialBackoffMs: 100, maxBackoffMs: 350, maxAttempts: 5 });
    let tries = 0;
    await bus.subscribe({ topic: 'work', group: 'g' }, (batch) => {
      tries += batch.length;
      return Promise.resolve(batch.map(() => BUSY));
    });
    await bus.publish('work', [message('a')]);
    await turns();
    for (const [index, pause] of [100, 200, 350, 350].entries()) {
      expect(tries).toBe(index + 1);
      expect(time.pauses()).toEqual([pause]);
      await time.pass(pause - 1);
      expect(tries).toBe(index + 1);
      await time.pass(1);
    }
    expect(time.pauses()).toEqual([]);
    const [letter] = await bus.deadLetters();
    expect(letter).toMatchObject({
      attempts: 5,
      firstFailedAt: '2026-11-02T01:00:00.000Z',
      lastFailedAt: '2026-11-02T01:00:01.000Z',
    });
  });

  it('keeps a message until its dead letter is kept', async () => {
    const deadLetters = new InMemoryDeadLetterStore();
    const park = deadLetters.park.bind(deadLetters);
    let full = true;
    deadLetters.park = (letter) => (full ? Promise.reject(new Error('The disk is full')) : park(letter));
    const { bus, time } = busWith({ maxBackoffMs: 1_000 }, deadLetters);
    await bus.subscribe({ topic: 'work', group: 'g' }, (batch) =>
      Promise.resolve(batch.map(() => ({ kind: 'dead-letter', reason: 'poison' }))),
    );
    await bus.publish('work', [message('a')]);
    await turns();
    expect(await bus.deadLetters()).toEqual([]);
    full = false;
    await time.pass(1_000);
    await bus.idle();
    expect(await bus.deadLetters()).toMatchObject([{ message: { id: 'a' }, attempts: 2 }]);
  });

  it('leaves messages with their publisher when too many wait behind a dead letter', async () => {
    const { bus } = busWith({ maxQueuedMessages: 2 }, new InMemoryDeadLetterStore({ maxHeldPerKey: 1 }));
    await bus.subscribe({ topic: 'work', group: 'g' }, (batch) =>
      Promise.resolve(batch.map(() => ({ kind: 'dead-letter', reason: 'poison' }))),
    );
    await bus.publish('work', [message('a1', 'a')]);
    await bus.publish('work', [message('a2', 'a')]);
    await bus.idle();
    let taken = false;
    const later = ['a3', 'a4', 'a5'].map((id) => message(id, 'a'));
    const publication = bus.publish('work', later).then(
      () => (taken = true),
      () => undefined,
    );
    await turns();
    expect(taken).toBe(false);
    expect(await bus.deadLetters()).toMatchObject([{ waiting: 1 }]);
    await bus.close();
    await publication;
  });

  it('keeps what it was given for a group whose members have left', async () => {
    const { bus } = busWith({});
    const handled: string[] = [];
    const handler = (batch: readonly { readonly message: Message }[]) => {
      handled.push(...batch.map(({ message }) => message.id));
      return Promise.resolve(batch.map(() => DONE));
    };
    await (await bus.subscribe({ topic: 'work', group: 'g' }, handler)).close();
    await bus.publish('work', [message('a')]);
    await bus.subscribe({ topic: 'work', group: 'g' }, handler);
    await bus.idle();
    expect(handled).toEqual(['a']);
  });

  it('gives timers and other work their turn while it is busy', async () => {
    const { bus } = busWith({ batchSize: 1 });
    let handled = 0;
    await bus.subscribe({ topic: 'work', group: 'g' }, (batch) => {
      handled += batch.length;
      return Promise.resolve(batch.map(() => DONE));
    });
    const publication = bus.publish(
      'work',
      Array.from({ length: 5_000 }, (_, index) => message(`m${index}`)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(handled).toBeLessThan(5_000);
    await publication;
    await bus.idle();
    expect(handled).toBe(5_000);
  });
});
