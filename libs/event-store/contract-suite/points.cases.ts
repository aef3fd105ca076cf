import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { LogPoint } from '../port/index.ts';
import { START } from '../port/index.ts';
import { append, fill } from './samples.ts';

export const pointsInTheLog: Cases = (bench) => {
  it('an empty log has its start', async () => {
    const { store } = bench();

    const point = await store.pointAt();

    expect(point).toMatchObject({ position: START });
    expect(await store.pointAt(START)).toEqual(point);
  });

  it('without a position it is the head', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);

    expect(await store.pointAt()).toEqual(await store.pointAt(await store.head()));
  });

  it('every position that was given out has a point, all different and of one log', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 5);
    const { events } = await store.readAll();

    const points = await Promise.all([START, ...events.map(({ position }) => position)].map((at) => store.pointAt(at)));

    expect(new Set(points.map((point) => point?.hash)).size).toBe(6);
    expect(new Set(points.map((point) => point?.logId)).size).toBe(1);
  });

  it('a point stays what it is when the log grows, and for another store', async () => {
    const { store, openAnother } = bench();
    await fill(store, 'thing-1', 3);
    const point = await store.pointAt();
    await store.append([append('thing-1', 2, 'more')]);

    expect(await store.pointAt(point?.position)).toEqual(point);
    expect(await (await openAnother()).pointAt(point?.position)).toEqual(point);
  });

  it('the log has no point beyond its head', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);

    expect(await store.pointAt((await store.head()) + 1)).toBeUndefined();
  });

  it('a refused append moves nothing', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);
    const before: LogPoint | undefined = await store.pointAt();

    await store.append([append('thing-1', 0, 'late')]);

    expect(await store.pointAt()).toEqual(before);
  });
};
