import { describe, expect, it } from '@jest/globals';
import { logNames } from './log-names.ts';
import { fromPosition, toPosition } from './position.ts';

describe('the names of a log on a server', () => {
  const names = logNames('khop');

  it('lead there and back, and leave the streams of others alone', () => {
    expect(names.findStream(names.serverName('record-1'))).toBe('record-1');
    expect(names.findStream('khop!log')).toBeUndefined();
    expect(names.findStream('khop-2:record-1')).toBeUndefined();
    expect(names.findStream('$stats')).toBeUndefined();
  });

  it('make filters of plain letters, digits and numbers of signs', () => {
    expect(names.filterFor({ streamPrefixes: ['a-1', 'ấp*'] }).regex).toBe(
      String.raw`^(?:khop\u003aa\u002d1|khop\u003a\u1ea5p\u002a)`,
    );
    expect(names.filterFor({ types: ['a.v1', 'b.v2'], streamPrefixes: ['x'] })).toMatchObject({
      filterOn: 'eventType',
      regex: String.raw`^(?:a\u002ev1|b\u002ev2)$`,
    });
    expect(names.everything).toMatchObject({ filterOn: 'streamName', regex: String.raw`^(?:khop\u003a)` });
    expect(names.filterFor({})).toEqual(names.everything);
  });
});

describe('a position on a server', () => {
  it('is the offset of an event', () => {
    expect(toPosition({ commit: 4_294_967_296_123n, prepare: 4_294_967_296_123n })).toBe(4_294_967_296_123);
    expect(fromPosition(17)).toEqual({ commit: 17n, prepare: 17n });
    expect(fromPosition(0)).toBe('start');
  });

  it.each([undefined, { commit: 2n, prepare: 1n }, { commit: 2n ** 53n, prepare: 2n ** 53n }])(
    'is not %p',
    (position) => {
      expect(() => toPosition(position)).toThrow('The KurrentDB server gave an event');
    },
  );
});
