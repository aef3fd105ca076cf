import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordSpans, traceparentFor, type RecordedSpans } from '#libs/telemetry/testing';
import { EngineHarness, event, seenProjection } from '../testing/index.ts';

describe('a view in the traces of the events that it folds', () => {
  let spans: RecordedSpans;
  let harness: EngineHarness;
  beforeEach(async () => {
    spans = await recordSpans(1);
    harness = await EngineHarness.open();
  });
  afterEach(async () => {
    await harness.close();
    await spans.close();
  });
  const projection = seenProjection({
    traced: ({ id }) => !id.startsWith('quiet'),
    fails: (id) => id.startsWith('bad'),
  });
  const append = async (id: string, traceparent?: string): Promise<void> => {
    const events = [{ ...event('test.a.v1', {}, { id }), traceparent }];
    await harness.store.append([{ stream: id, expected: 'any', events }]);
  };

  it('shows as a child of what published the event, where it is to show', async () => {
    await harness.start([projection]);
    await append('a1', traceparentFor(1));
    await append('a2', traceparentFor(2, false));
    await append('quiet1', traceparentFor(3));
    await harness.catchUp();
    expect(spans.all().map(({ name, parent }) => [name, parent])).toEqual([['fold seen', traceparentFor(1)]]);
  });

  it('links those events that it folds once more because it is built anew', async () => {
    await append('a1', traceparentFor(1));
    await append('a2', traceparentFor(2));
    await harness.start([projection]);
    await harness.catchUp();
    expect(spans.all().map(({ name, parent, links }) => [name, parent, links])).toEqual([
      ['fold seen again', undefined, [traceparentFor(1), traceparentFor(2)]],
    ]);
  });

  it('tells of an event that it can not fold, although its trace is not kept', async () => {
    await harness.start([projection]);
    await append('bad1', traceparentFor(4, false));
    await harness.catchUp();
    const failed = spans.all().filter(({ isFailed }) => isFailed);
    expect(failed.map(({ links }) => links)).toContainEqual([traceparentFor(4, false)]);
  });
});
