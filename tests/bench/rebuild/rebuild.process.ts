import { LinkerIndex } from '#apps/linker';
import { dataDirectory, ownData, startEngine } from '#apps/hub';
import { allProjections } from '#libs/viewing';
import { removeView } from '#libs/projections';
import { measure } from '../harness/child.ts';
import { processUsage, type ProcessUsage } from '../harness/process-usage.ts';

export interface RebuildInput {
  readonly dataDir: string;
  readonly what: 'views' | 'linker' | 'reading';
}

export interface RebuildResult {
  readonly events: number;
  readonly seconds: number;
  readonly usage: ProcessUsage;
}

const READ_PAGE_EVENTS = 4_000;

// What `khop rebuild` does, for the views or the linker alone; and, as their wall, reading and parsing the whole log.
await measure<RebuildInput, RebuildResult>(async ({ dataDir, what }) => {
  const directory = dataDirectory(dataDir);
  const owned = await ownData(directory);
  const events = await owned.store.head();
  if (what === 'views') for (const { name } of allProjections()) removeView(directory.views, name);
  if (what === 'linker') {
    const index = LinkerIndex.open(directory.linkerFile);
    index.startAnew();
    index.close();
  }
  const startedAt = performance.now();
  if (what === 'reading') {
    for (let after = 0; after < events;) {
      after = (await owned.store.readAll({ after, limit: READ_PAGE_EVENTS })).position;
    }
  } else {
    const engine = await startEngine(directory, owned.store);
    await engine.caughtUp();
    const result = { events, seconds: (performance.now() - startedAt) / 1000, usage: processUsage() };
    await engine.close();
    await owned.close();
    return result;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await owned.close();
  return { events, seconds, usage: processUsage() };
});
