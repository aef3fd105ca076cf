import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '#libs/service';
import { readTopology, topologyOf } from './topology.ts';

const told = (service: string, instance: string, parts: Announcement['parts']): Announcement => ({
  service,
  instance,
  version: '0.1.0',
  since: '2026-11-22T01:00:00.000Z',
  at: '2026-11-22T02:00:00.000Z',
  address: 'http://127.0.0.1:41000',
  status: 'ok',
  parts,
});

describe('what services tell of themselves', () => {
  it('is put together by service and instance, with the end of the log that the furthest has seen', () => {
    const { head, services } = topologyOf([
      told('relay', 'relay', { log: { status: 'ok', position: 90 } }),
      told('linker', 'linker-2', { linker: { status: 'standby' }, log: { status: 'degraded', code: 'log-away' } }),
      told('linker', 'linker-1', {
        log: { status: 'ok', position: 100 },
        linker: { status: 'ok', position: 80, lagEvents: 20, lagSeconds: 1.5 },
      }),
    ]);
    expect(head).toBe(100);
    expect(services.map(({ instance }) => instance)).toEqual(['linker-1', 'linker-2', 'relay']);
    expect(services[0]?.parts).toContainEqual({
      name: 'linker',
      status: 'ok',
      code: null,
      position: 80,
      lagEvents: 20,
      lagSeconds: 1.5,
      deadLetters: null,
    });
    expect(services[1]?.parts).toContainEqual(expect.objectContaining({ name: 'log', code: 'log-away' }));
  });

  it('is nothing where nobody has told anything', () => {
    expect(topologyOf([])).toEqual({ head: null, services: [] });
  });

  it('can’t be asked for without a Kafka, and the message says how to come by one', async () => {
    await expect(readTopology({ KHOP_KAFKA: '127.0.0.1:1' })).rejects.toMatchObject({
      code: 'kafka-not-reachable',
      message: expect.stringMatching(/127\.0\.0\.1:1\. Start one .*KHOP_KAFKA/) as unknown,
    });
  });
});
