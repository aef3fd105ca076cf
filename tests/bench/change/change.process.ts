import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dataDirectory, ownData, startEngine } from '#apps/hub';
import { openViewReader, queueProjection, type ViewReader } from '#libs/projections';
import { findDefinition, takeRecords } from '#libs/registries';
import { measure } from '../harness/child.ts';
import { atRate, latenciesOf, type Latencies } from '../harness/latencies.ts';

export interface ChangeInput {
  readonly dataDir: string;
  readonly birthsFile: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface ChangeResult {
  /** From the acknowledged append of a changed birth to its mismatch in the queue. */
  readonly latencies: Latencies;
  readonly queueBefore: number;
  /** What never became visible. */
  readonly lost: number;
}

interface Birth {
  readonly child: { readonly fullName?: string; readonly documentNumber?: string };
}

const PERSONAL_ID = /^[0-9]{12}$/;
const POLL_MILLISECONDS = 1;
const PATIENCE_MILLISECONDS = 10_000;
const WARM_UP_SECONDS = 3;

// Births get a child's name that no other has: each becomes a mismatch, and its name shows when the queue has it.
await measure<ChangeInput, ChangeResult>(async ({ dataDir, birthsFile, perSecond, seconds }, step) => {
  const directory = dataDirectory(dataDir);
  const owned = await ownData(directory);
  const engine = await startEngine(directory, owned.store);
  await engine.caughtUp();
  const reader = openViewReader(directory.views, queueProjection);
  const known = namesInQueue(reader);
  const births = await birthsWithout(known, birthsFile, perSecond * (seconds + WARM_UP_SECONDS) + perSecond);
  const definition = findDefinition('birth', 'civil-status');
  if (definition === undefined) throw new Error('there is no definition of births');
  const seen = watchQueue(reader);
  step(`${births.length.toLocaleString('en')} births to change, ${known.size.toLocaleString('en')} names in the queue`);

  const milliseconds: number[] = [];
  let lost = 0;
  await atRate(
    perSecond,
    (elapsed) => elapsed >= seconds + WARM_UP_SECONDS,
    async (number) => {
      const birth = births[number];
      if (birth === undefined) return;
      const name = `Thử Nghiệm Số ${number}`;
      const raw = { ...birth, child: { ...birth.child, fullName: name }, updatedAt: new Date().toISOString() };
      const cursor = String(number).padStart(10, '0');
      await takeRecords(
        owned,
        { definition, source: { kind: 'feed' }, framed: false, actor: 'bench' },
        oneBatch([{ line: 1, raw, cursor }]),
      );
      const acknowledgedAt = performance.now();
      const seenAt = await seen.name(name);
      if (seenAt === undefined) lost += 1;
      else if (number >= perSecond * WARM_UP_SECONDS) milliseconds.push(Math.max(0, seenAt - acknowledgedAt));
    },
  );
  seen.stop();
  reader.close();
  await engine.close();
  await owned.close();
  return { latencies: latenciesOf(milliseconds), queueBefore: known.size, lost };
});

async function* oneBatch<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows;
}

function namesInQueue(reader: ViewReader): ReadonlySet<string> {
  return new Set(reader.read((view) => view.all('SELECT name FROM items')).map(({ name }) => String(name)));
}

/** Births that are no mismatches yet, and that the check applies to: of persons with a personal ID. */
async function birthsWithout(names: ReadonlySet<string>, file: string, count: number): Promise<readonly Birth[]> {
  const births: Birth[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const birth = JSON.parse(line) as Birth;
    const { fullName = '', documentNumber = '' } = birth.child;
    if (!names.has(fullName) && PERSONAL_ID.test(documentNumber)) births.push(birth);
    if (births.length === count) break;
  }
  return births;
}

/** Looks at the queue again and again, as a page that is open does. */
function watchQueue(reader: ViewReader) {
  const seenAt = new Map<string, number>();
  const waiting = new Map<string, (seenAt: number | undefined) => void>();
  let last = reader.read((view) => Number(view.get('SELECT max(id) AS last FROM items')?.['last'] ?? 0));
  const look = (): void => {
    const now = performance.now();
    for (const { id, name } of reader.read((view) => view.all('SELECT id, name FROM items WHERE id > ?', last))) {
      last = Number(id);
      seenAt.set(String(name), now);
      waiting.get(String(name))?.(now);
    }
  };
  const timer = setInterval(look, POLL_MILLISECONDS);
  return {
    name: (name: string): Promise<number | undefined> =>
      new Promise((resolve) => {
        const seen = seenAt.get(name);
        if (seen !== undefined) {
          resolve(seen);
          return;
        }
        const timeout = setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS);
        waiting.set(name, (at) => {
          clearTimeout(timeout);
          resolve(at);
        });
      }),
    stop: () => clearInterval(timer),
  };
}
