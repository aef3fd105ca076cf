import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EngineHarness, seenProjection } from '../testing/index.ts';
import { appendSetAside, openViewReader, removeView, type SetAside } from './index.ts';

/** The message of an error that is none of the hub's own may hold a value: kind and place are told. */
const SAFE_REASON: unknown = expect.stringMatching(/^Error at engine-harness\.ts:[0-9]+$/);

describe('an event that can not be folded', () => {
  let engine: EngineHarness;
  let poison: ReadonlySet<string>;
  const picky = () => seenProjection({ fails: (id) => poison.has(id) });
  beforeEach(async () => {
    engine = await EngineHarness.open();
    poison = new Set(['a2']);
    await engine.append('a', 'a1', 'a2');
    await engine.append('b', 'b1');
    await engine.append('a', 'a3');
    await engine.start([picky()], { clock: () => 1_000 });
    await engine.catchUp();
  });
  afterEach(() => engine.close());
  const letters = () => {
    const reader = openViewReader(engine.directory, picky());
    try {
      return reader
        .deadLetters(10)
        .map(({ stream, streamVersion, state, reason, attempts }) => [stream, streamVersion, state, reason, attempts]);
    } finally {
      reader.close();
    }
  };

  it('becomes a dead letter, later events of its stream wait, and others go on', async () => {
    expect(engine.seen()).toEqual(['a1', 'b1']);
    await engine.append('a', 'a4');
    await engine.append('b', 'b2');
    await engine.catchUp();
    expect(engine.seen()).toEqual(['a1', 'b1', 'b2']);
    expect(letters()).toEqual([
      ['a', 1, 'failed', SAFE_REASON, 1],
      ['a', 2, 'waiting', null, 0],
      ['a', 3, 'waiting', null, 0],
    ]);
    expect(await engine.running?.status()).toMatchObject([{ deadLetters: 1, lagEvents: 0 }]);
  });

  it('is folded, with those behind it, when it is retried', async () => {
    expect(await engine.running?.retryDeadLetters('seen', 'a')).toEqual({
      folded: 0,
      reason: SAFE_REASON,
    });
    expect(letters()).toEqual([
      ['a', 1, 'failed', SAFE_REASON, 2],
      ['a', 2, 'waiting', null, 0],
    ]);
    poison = new Set();
    expect(await engine.running?.retryDeadLetters('seen', 'a')).toEqual({ folded: 2 });
    expect(engine.seen()).toEqual(['a1', 'b1', 'a2', 'a3']);
    await engine.append('a', 'a4');
    await engine.catchUp();
    expect(engine.seen().at(-1)).toBe('a4');
    expect(letters()).toEqual([]);
  });

  it('can be set aside with a reason: those behind it go on', async () => {
    await engine.running?.setAsideDeadLetter('seen', { stream: 'a', streamVersion: 1 }, 'written by mistake');
    expect(engine.seen()).toEqual(['a1', 'b1', 'a3']);
    expect(letters()).toEqual([['a', 1, 'set-aside', 'written by mistake', 1]]);
    await engine.append('a', 'a4');
    await engine.catchUp();
    expect(engine.seen().at(-1)).toBe('a4');
  });

  it('stays set aside when the view is built anew from the log', async () => {
    await engine.stop();
    const journal = (decision: SetAside) => appendSetAside(engine.store, decision, 0);
    await engine.start([picky()], { journal });
    await engine.running?.setAsideDeadLetter('seen', { stream: 'a', streamVersion: 1 }, 'written by mistake');
    await engine.stop();
    removeView(engine.directory, 'seen');
    await engine.start([picky()]);
    await engine.catchUp();
    const ids = engine.seen().filter((id) => engine.appended.includes(id));
    expect(ids).toEqual(['a1', 'b1', 'a3']);
    expect(letters()).toEqual([['a', 1, 'set-aside', 'written by mistake', 0]]);
    // Also where its fold would take it by now: it was left out for good.
    poison = new Set();
    await engine.running?.rebuild('seen');
    expect(engine.seen()).not.toContain('a2');
  });

  it('is still there, and still holds its stream, after a restart', async () => {
    await engine.stop();
    await engine.append('a', 'a4');
    await engine.start([picky()]);
    await engine.catchUp();
    expect(letters()).toHaveLength(3);
  });

  it('stops the view when there are too many', async () => {
    await engine.stop();
    poison = new Set(['c1', 'c2', 'c3']);
    for (const id of poison) await engine.append(id, id);
    const problem = new Promise<string>((resolve) => {
      void engine.start([picky()], { maxDeadLetters: 2, onProblem: (_, { code }) => resolve(code) });
    });
    expect(await problem).toBe('too-many-dead-letters');
    expect(engine.seen()).toEqual(['a1', 'b1']);
  });
});
