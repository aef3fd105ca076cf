import type { BenchContext } from '../harness/context.ts';
import { runChild } from '../harness/child.ts';
import { count, type Section } from '../harness/section.ts';
import { usageText, type Loaded } from '../import/import.bench.ts';
import type { RebuildInput, RebuildResult } from './rebuild.process.ts';

/** Rebuilds the views and the linker of a data directory, one after the other. */
export async function rebuildSection({ onStep, options }: BenchContext, { dataDir }: Loaded): Promise<Section> {
  const run = async (what: RebuildInput['what']): Promise<RebuildResult> => {
    onStep(what === 'reading' ? 'reading the log' : `rebuilding the ${what}`);
    const input: RebuildInput = { dataDir, what };
    const entry = new URL('./rebuild.process.js', import.meta.url);
    return runChild<RebuildResult>(entry, input, { onStep, profiles: options.profiles });
  };
  const reading = await run('reading');
  const views = await run('views');
  const linker = await run('linker');
  const wall = reading.events / reading.seconds;
  const row = (what: string, { events, seconds }: RebuildResult, floor: string) => ({
    what,
    measured: `${count(events / seconds)} events/s`,
    floor,
    wall: `${count(wall)} events/s, of which ${(events / seconds / wall).toFixed(2)} reached`,
  });
  return {
    title: 'Rebuild',
    method: `What \`khop rebuild\` does, on the log of the import (${count(views.events)} events), start of the threads included. The wall: one thread that reads and parses the same events.`,
    rows: [row('all views', views, '40,000 events/s'), row('the linker', linker, '20,000 events/s')],
    details: [
      `Views: ${views.seconds.toFixed(1)} s. ${usageText(views.usage, views.events, 'event')} Peak memory ${count(views.usage.peakMegabytes)} MiB.`,
      `Linker: ${linker.seconds.toFixed(1)} s; it reads the events of records alone and passes over the others. ${usageText(linker.usage, linker.events, 'event')} Peak memory ${count(linker.usage.peakMegabytes)} MiB.`,
    ],
  };
}
