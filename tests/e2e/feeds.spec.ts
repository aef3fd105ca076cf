import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { HubStats } from '#contracts/http';
import { acquireRoleLock } from '#libs/event-store/sqlite';
import { endBy, openWorkshop, printed, startHub, type RunningHub } from '#tests/support';

describe('a hub that follows registries', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startHub(['--data-dir', dataDir, '--residents', '100']);
  }, 60_000);
  afterAll(async () => {
    await endBy(hub, 'SIGTERM');
    await workshop.remove();
  }, 30_000);

  it('tells on the command line how each feed goes, and whether all has arrived', async () => {
    const { feeds } = JSON.parse(await printed(dataDir, 'stats', '--json')) as HubStats;
    expect(feeds).toHaveLength(6);
    expect(feeds.find(({ record }) => record === 'resident')).toMatchObject({
      phase: 'live',
      attempts: 0,
      cursor: expect.any(String) as unknown,
      counts: { missing: 0, unconfirmed: 0, complete: true },
    });
    expect(await printed(dataDir, 'stats')).toMatch(/residents +resident +live/);
  }, 30_000);

  it('lets no second adapter of its registries run', async () => {
    await expect(acquireRoleLock(join(dataDir, 'log'), 'adapter-residents')).rejects.toMatchObject({
      code: 'role-taken',
    });
  });
});
