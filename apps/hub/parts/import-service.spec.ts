import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AbsenceHeld, AbsenceReleased, IntakeFinished, IntakeStarted, intakeStream } from '#contracts/events';
import { EventStoreUnavailableError } from '#libs/event-store/port';
import { openWorkshop, type Workshop } from '#tests/support';
import type { Thread } from '#libs/threads';
import { dataDirectory } from '../data-directory.ts';
import { ImportQueue } from './import-service.ts';
import { ownData, type OwnedData } from './ownership.ts';

const FULL = 'The disk is full. Make room and try again.';

describe('a queue of imports', () => {
  let workshop: Workshop;
  let owned: OwnedData;
  /** Whether the log refuses an event of this type, as a full disk would. */
  let refuses: (type: string) => boolean;
  let queue: ImportQueue;
  let spool: string;

  beforeEach(async () => {
    workshop = openWorkshop();
    owned = await ownData(dataDirectory(workshop.at('data')));
    refuses = () => false;
    const append = owned.store.append.bind(owned.store);
    jest.spyOn(owned.store, 'append').mockImplementation((appends) => {
      const refused = appends.some(({ events }) => events.some(({ type }) => refuses(type)));
      return refused ? Promise.reject(new EventStoreUnavailableError(FULL)) : append(appends);
    });
    const settings = { maxWaiting: 10, maxRemembered: 10, graceMilliseconds: 1, retryMilliseconds: 10 };
    spool = workshop.at('data/spool');
    await mkdir(join(spool, 'upload-left-behind'), { recursive: true });
    queue = new ImportQueue(owned, thread, { spool, judged: () => Promise.resolve() }, settings);
  });
  afterEach(async () => {
    await queue.close();
    await owned.close();
    await workshop.remove();
  });

  let takeIn: () => Promise<unknown>;
  const thread: Thread = {
    ask: (name) => (name === 'import' ? takeIn() : Promise.resolve()),
    finished: new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
  const handIn = async (dryRun = false): Promise<string> => {
    const file = { stream: Readable.from(['{}\n']), fileName: 'residents.jsonl' };
    return (await queue.start({ ...file, snapshot: false, dryRun, actor: 'An' })).importId;
  };
  const stateOf = async (importId: string): Promise<string | undefined> => (await queue.get(importId))?.state;
  const frames = async (): Promise<readonly string[]> => (await owned.store.readAll()).events.map(({ type }) => type);
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await setTimeout(5);
  };

  it('keeps files that arrive in the data directory, for its owner alone, and no longer than they are needed', async () => {
    expect(await readdir(spool)).toEqual([]);
    expect((await stat(spool)).mode & 0o777).toBe(0o700);
    let seen: readonly string[] = [];
    takeIn = async () => (seen = await readdir(spool));
    const importId = await handIn();
    await until(async () => (await stateOf(importId)) === 'completed');
    expect(seen).toHaveLength(1);
    expect(await readdir(spool)).toEqual([]);
  });

  it('leaves nothing of a file that a full disk cut short, and says what it was', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const stream = Readable.from(
      (function* () {
        yield '{}\n';
        throw full;
      })(),
    );
    const request = { stream, fileName: 'residents.jsonl', snapshot: false, dryRun: false, actor: 'An' };
    await expect(queue.start(request)).rejects.toBe(full);
    expect(await readdir(spool)).toEqual([]);
    expect(await queue.list(10)).toEqual([]);
  });

  it('refuses what waits, with the reason, when the log can’t be written', async () => {
    takeIn = () => Promise.resolve({});
    refuses = () => true;
    const importId = await handIn();
    await until(async () => (await stateOf(importId)) === 'failed');
    expect(await queue.get(importId)).toMatchObject({ problem: { detail: FULL } });
  });

  it('ends its hold as soon as the log can be written again, and nobody waits for it', async () => {
    takeIn = () => Promise.resolve({});
    refuses = (type) => type === AbsenceReleased.type;
    const importId = await handIn();
    await until(async () => (await stateOf(importId)) === 'completed');
    expect(await frames()).toEqual([AbsenceHeld.type]);

    refuses = () => false;
    await until(async () => (await frames()).includes(AbsenceReleased.type));
    expect(await frames()).toEqual([AbsenceHeld.type, AbsenceReleased.type]);
  });

  it('ends an intake that could not end itself', async () => {
    takeIn = async () => {
      const id = owned.newId();
      const event = { id, type: IntakeStarted.type, schemaVersion: 1, correlationId: id, data: { source: 'file' } };
      const events = [{ ...event, occurredAt: '2026-11-22T00:00:00.000Z' }];
      await owned.store.append([{ stream: intakeStream(id), expected: 'no-stream', events }]);
      throw new EventStoreUnavailableError(FULL);
    };
    await handIn();
    await until(async () => (await frames()).includes(AbsenceReleased.type));
    expect(await frames()).toEqual([AbsenceHeld.type, IntakeStarted.type, IntakeFinished.type, AbsenceReleased.type]);
  });

  it('writes nothing for a dry run', async () => {
    takeIn = () => Promise.resolve({});
    const importId = await handIn(true);
    await until(async () => (await stateOf(importId)) === 'completed');
    expect(await frames()).toEqual([]);
  });
});
