import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntakeFinished } from '#contracts/events';
import { acquireRoleLock } from '#libs/event-store/sqlite';
import { definitionOf, IntakeRun, type IntakeSource } from '#libs/registries';
import { dataDirectory, type DataDirectory } from '../data-directory.ts';
import { ownData } from './ownership.ts';

describe('taking a data directory over', () => {
  let directory: DataDirectory;
  beforeEach(async () => {
    directory = dataDirectory(await mkdtemp(join(tmpdir(), 'khop-own-')));
  });
  afterEach(() => rm(directory.path, { recursive: true, force: true }));

  /** Leaves intakes open, as a process that died does; an adapter of the residents may still live. */
  async function leaveOpen(...sources: readonly IntakeSource[]): Promise<readonly string[]> {
    const owned = await ownData(directory);
    const ids: string[] = [];
    for (const source of sources) {
      ids.push((await IntakeRun.start(owned, { definition: definitionOf('resident'), source })).intakeId);
    }
    await owned.close();
    return ids;
  }

  async function ended(): Promise<readonly unknown[]> {
    const owned = await ownData(directory);
    const { events } = await owned.store.readAll({ filter: { types: [IntakeFinished.type] } });
    await owned.close();
    return events.map(({ data }) => data['intakeId']);
  }

  it('ends the intakes of whoever died, but not the catch-up of an adapter that lives', async () => {
    const [file, feed] = await leaveOpen({ kind: 'file', fileName: 'residents.csv' }, { kind: 'feed' });
    const adapter = await acquireRoleLock(directory.log, 'adapter-residents');
    expect(await ended()).toEqual([file]);
    adapter.release();
    expect(await ended()).toEqual([file, feed]);
  });

  it('ends the catch-up of a registry whose adapter is dead, whatever other adapters live', async () => {
    const [feed] = await leaveOpen({ kind: 'feed' });
    const other = await acquireRoleLock(directory.log, 'adapter-tax-office');
    expect(await ended()).toEqual([feed]);
    other.release();
  });
});
