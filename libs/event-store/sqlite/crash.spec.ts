import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { EventStoreReader, Page, RecordedEvent } from '../port/index.ts';
import { START } from '../port/index.ts';
import { useLogs } from './testing/logs.ts';
import { verifyLog } from './verify.ts';

const KILLS = 50;
const LONGEST_LIFE_MILLISECONDS = 60;
const PROGRAM = fileURLToPath(new URL('./testing/crash.process.ts', import.meta.url));

interface Acknowledged {
  readonly stream: string;
  readonly id: string;
  readonly streamVersion: number;
  readonly position: number;
}

describe('a writing process that is killed at random moments', () => {
  const logs = useLogs();

  it(`loses no acknowledged event in ${KILLS} kills: each is there, in order, once`, async () => {
    const directory = logs.newDirectory();
    const acknowledged: Acknowledged[] = [];
    let checked = 0;
    for (let run = 0; run < KILLS; run++) {
      const told = await writeUntilKilled(directory, `run${run}`);
      acknowledged.push(...told);
      const store = await logs.open({ directory });
      const { events } = await store.readAll({ after: checked, limit: 10_000 });
      checked = await store.head();
      await store.close();

      expect(told.length).toBeGreaterThan(0);
      expect(acknowledgedAmong(events, told)).toEqual(told);
    }

    const events = await readEverything(await logs.open({ directory }));
    expect(acknowledgedAmong(events, acknowledged)).toEqual(acknowledged);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(await verifyLog(directory)).toMatchObject({ sound: true });
  }, 120_000);
});

async function readEverything(store: EventStoreReader): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let page: Page | undefined; page?.end !== true; events.push(...page.events)) {
    page = await store.readAll({ after: page?.position ?? START });
  }
  return events;
}

async function writeUntilKilled(directory: string, run: string): Promise<Acknowledged[]> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', PROGRAM, directory, run],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), randomInt(LONGEST_LIFE_MILLISECONDS));
  });
  child.stdout.on('data', (chunk: string) => {
    output += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const told: unknown = JSON.parse(line);
      if (!isAcknowledged(told)) throw new Error(`The process told something else: ${line}`);
      return { stream: told.stream, id: told.id, streamVersion: told.streamVersion, position: told.position };
    });
}

function isAcknowledged(told: unknown): told is Acknowledged {
  return typeof told === 'object' && told !== null && 'ok' in told && told.ok === true && 'position' in told;
}

/** What the log has at the places that were acknowledged, in the log's order. */
function acknowledgedAmong(events: readonly RecordedEvent[], told: readonly Acknowledged[]): Acknowledged[] {
  const places = new Set(told.map(({ position }) => position));
  return events
    .filter(({ position }) => places.has(position))
    .map(({ stream, id, streamVersion, position }) => ({ stream, id, streamVersion, position }));
}
