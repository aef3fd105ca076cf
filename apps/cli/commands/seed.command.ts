import type { Command } from 'commander';
import { loadWardsCsv } from '#contracts/rules';
import { writeProvince } from '#seeds';
import { jsonOption, wholeNumber } from '../options.ts';
import { print, table } from '../output.ts';
import { startProgress } from '../progress.ts';

interface Options {
  readonly residents: number;
  readonly seed: number;
  readonly out: string;
  readonly overwrite: boolean;
  readonly json: boolean;
}

/** Options and action of `khop seed`. */
export function defineSeed(command: Command): void {
  command
    .option(
      '--residents <n>',
      'how many residents; about three quarters as many other records come along',
      wholeNumber(1, 1_000_000),
      20_000,
    )
    .option('--seed <n>', 'the same number gives the same province', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .requiredOption('--out <dir>', 'directory for the files')
    .option('--overwrite', 'replace the files of an earlier province', false)
    .addOption(jsonOption())
    .action(seed);
}

async function seed({ residents, seed: number, out, overwrite, json }: Options): Promise<void> {
  const progress = startProgress('generating residents', residents);
  const summary = await writeProvince({
    residents,
    seed: number,
    wardsCsv: loadWardsCsv(),
    directory: out,
    overwrite,
    onProgress: (done, total) => progress.update(done, total),
  }).finally(() => progress.end());
  if (json) print(JSON.stringify(summary, undefined, 2));
  else {
    print(table(['record', 'records'], Object.entries(summary.records)));
    print(
      `\nPlanted variations: ${Object.keys(summary.planted).length} kinds; what each check must say of each record: ${out}/truth.jsonl`,
    );
  }
}
