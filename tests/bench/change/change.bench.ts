import type { BenchContext } from '../harness/context.ts';
import { runChild } from '../harness/child.ts';
import { fileOf, provinceOf } from '../harness/provinces.ts';
import { count, milliseconds, type Section } from '../harness/section.ts';
import type { Loaded } from '../import/import.bench.ts';
import type { ChangeInput, ChangeResult } from './change.process.ts';

const PER_SECOND = 100;
const SECONDS = 30;

/** Changes single records at a steady rate and watches the queue. */
export async function changeSection({ onStep, options }: BenchContext, { dataDir }: Loaded): Promise<Section> {
  const province = await provinceOf(options.residents, onStep);
  const input: ChangeInput = {
    dataDir,
    birthsFile: fileOf(province, 'birth'),
    perSecond: PER_SECOND,
    seconds: SECONDS,
  };
  const entry = new URL('./change.process.js', import.meta.url);
  const { latencies, queueBefore, lost } = await runChild<ChangeResult>(entry, input, {
    onStep,
    profiles: options.profiles,
  });
  return {
    title: 'One changed record',
    method: `From the acknowledged append of a changed birth to its mismatch in the queue’s view, under ${PER_SECOND} changes a second for ${SECONDS} s, on the data of the import (${count(queueBefore)} items in the queue). The view is looked at each millisecond.`,
    rows: [
      {
        what: `${count(latencies.count)} changes`,
        measured: `p50 ${milliseconds(latencies.p50)}, p99 ${milliseconds(latencies.p99)}`,
        floor: 'p99 50 ms',
      },
    ],
    details: [
      `Longest: ${milliseconds(latencies.max)}. Not visible within 10 s: ${lost}.`,
      'On the way: the linker sees the commit (looks each 2 ms), folds and judges, commits the verdict to the disk; the views see that (again 2 ms), fold, commit.',
    ],
  };
}
