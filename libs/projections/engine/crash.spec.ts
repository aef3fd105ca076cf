import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchCleared, MismatchFlagged, recordStream } from '#contracts/events';
import type { Append } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { queueProjection } from '../queue/index.ts';
import {
  event,
  hashOf,
  mismatch,
  reconciliation,
  recordEvent,
  rowsOf,
  verdict,
  verdictEvent,
} from '../testing/index.ts';
import { verdictsProjection } from '../verdicts/index.ts';
import { openViewReader, runProjections } from './index.ts';

const PROGRAM = fileURLToPath(new URL('../testing/fold.process.ts', import.meta.url));
const KILLS = 4;
const LONGEST_LIFE_MILLISECONDS = 100;
const RECORDS = 1_000;
const PROJECTIONS = [verdictsProjection, queueProjection];

describe('a folding process that is killed at random moments', () => {
  let root: string;
  let store: SqliteEventStore;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'khop-fold-crash-'));
    store = await SqliteEventStore.open({ directory: join(root, 'log') });
    await store.append(Array.from({ length: RECORDS }, (_, number) => life(number)).flat());
  });
  afterAll(async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('leaves views that go on to the same rows as if nothing had happened', async () => {
    const killed = join(root, 'killed');
    for (let kill = 0; kill < KILLS; kill += 1) await foldUntilKilled(join(root, 'log'), killed);
    await foldAll(killed);
    const undisturbed = join(root, 'undisturbed');
    await foldAll(undisturbed);
    for (const projection of PROJECTIONS) {
      expect(rowsIn(killed, projection)).toEqual(rowsIn(undisturbed, projection));
    }
  });

  async function foldAll(directory: string): Promise<void> {
    const running = await runProjections({ store, directory, projections: PROJECTIONS });
    expect(await running.caughtUpTo(await store.head(), 10_000)).toBe(true);
    await running.close();
  }
});

/** A record, and a mismatch of it that every third time is cleared. */
function life(number: number): Append[] {
  const stream = recordStream('birth', hashOf(number));
  const left = { stream, version: 0 };
  const events = [verdictEvent(mismatch({ left })), event(MismatchFlagged, { verdictId: 'v' })];
  if (number % 3 === 0) events.push(verdictEvent(verdict({ left })), event(MismatchCleared, { verdictId: 'w' }));
  return [
    { stream, expected: 'no-stream', events: [recordEvent('birth', 'registered', { key: `key ${number}` })] },
    { stream: reconciliation(number), expected: 'no-stream', events },
  ];
}

function foldUntilKilled(log: string, directory: string): Promise<void> {
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...options, PROGRAM, log, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), randomInt(LONGEST_LIFE_MILLISECONDS));
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve());
  });
}

function rowsIn(directory: string, projection: (typeof PROJECTIONS)[number]): ReturnType<typeof rowsOf> {
  const reader = openViewReader(directory, projection);
  try {
    return rowsOf(reader);
  } finally {
    reader.close();
  }
}
