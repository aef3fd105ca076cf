import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkItem } from '#contracts/work';
import { createKeyedHash, systemClock } from '#libs/platform';
import { RecordVersions } from '#libs/record-versions';
import { openRulesInForce } from '#libs/rules';
import { enterprise, openSmallHub, resident, type SmallHub } from '#tests/support';
import { startLinking, type RunningLinker } from './start-linking.ts';

const BINH = '001080012345';

describe('a linker whose index is damaged', () => {
  let hub: SmallHub;
  let directory: string;
  let indexFile: string;
  let linker: RunningLinker | undefined;
  let damages: string[];
  let items: WorkItem[];
  /** Position of the last look at which nothing more was due. */
  let caughtUpAt: number;

  beforeEach(async () => {
    hub = await openSmallHub();
    await hub.record('enterprise', '0100233488', enterprise());
    directory = mkdtempSync(join(tmpdir(), 'khop-linking-'));
    indexFile = join(directory, 'linker.sqlite');
    damages = [];
    items = [];
    caughtUpAt = -1;
  });
  afterEach(async () => {
    await linker?.close();
    await hub.close();
    rmSync(directory, { recursive: true });
  });

  async function start(): Promise<RunningLinker> {
    linker = startLinking({
      store: hub.store,
      versions: new RecordVersions(hub.store),
      hash: createKeyedHash(new Uint8Array(32).fill(1)),
      rules: await openRulesInForce(hub.store, systemClock),
      indexFile,
      deliver: (handed) => {
        items.push(...handed);
        return Promise.resolve();
      },
      onStatus: ({ position, caughtUp }) => {
        if (caughtUp) caughtUpAt = position;
      },
      onIndexDamaged: ({ code }) => damages.push(code),
    });
    return linker;
  }

  async function caughtUp(running: RunningLinker): Promise<void> {
    const head = await hub.store.head();
    const reached = async (): Promise<void> => {
      while (caughtUpAt < head) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await Promise.race([reached(), running.finished]);
  }

  const found = (): readonly string[] =>
    items.flatMap((item) => (item.kind === 'judge' && item.check === 'legal-representative' ? [item.found.kind] : []));

  it('throws it away when it is opened, and folds it anew', async () => {
    writeFileSync(indexFile, 'this is no database, and has never been one; '.repeat(200));
    await caughtUp(await start());
    expect(found()).toEqual(['not-found']);
    expect(damages).toEqual(['linker-index-damaged']);
  });

  it('throws it away while it works, and folds it anew, as often as it happens', async () => {
    const running = await start();
    await caughtUp(running);
    for (const key of [BINH, '001080012346']) {
      damage();
      await hub.record('resident', key, resident({ personalId: key }));
      await caughtUp(running);
    }
    expect(found()).toContain('found');
    expect(damages).toEqual(['linker-index-damaged', 'linker-index-damaged']);
  });

  /** Another connection makes the linker's read the file again, which then holds nothing sensible. */
  function damage(): void {
    const other = new DatabaseSync(indexFile);
    other.exec('CREATE TABLE IF NOT EXISTS later (x); INSERT INTO later VALUES (1); PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    writeFileSync(indexFile, Buffer.alloc(statSync(indexFile).size, 0xaa), { flag: 'r+' });
  }
});
