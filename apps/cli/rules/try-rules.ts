import { closeSync, openSync, writeSync } from 'node:fs';
import { dryRunRules } from '#apps/hub';
import type { RulesDryRun } from '#contracts/http';
import type { Rules } from '#contracts/rules';
import type { ReadData } from '../data.ts';
import { READABLE_BY_OWNER } from '../output.ts';
import { startProgress } from '../progress.ts';

export interface TryOptions {
  readonly samples: number;
  /** Where to write everything that would be judged otherwise, a line each. */
  readonly out?: string;
}

/** Makes a dry run here, showing how far it is. */
export async function tryRules(data: ReadData, rules: Rules, { samples, out }: TryOptions): Promise<RulesDryRun> {
  const file = out === undefined ? undefined : openSync(out, 'w', READABLE_BY_OWNER);
  const progress = startProgress('judging, to see');
  try {
    return await dryRunRules(data, {
      rules,
      samples,
      onProgress: (records) => progress.update(records),
      ...(file !== undefined && { onDifference: (one) => void writeSync(file, `${JSON.stringify(one)}\n`) }),
    });
  } finally {
    progress.end();
    if (file !== undefined) closeSync(file);
  }
}
