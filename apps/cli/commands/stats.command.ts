import type { Command } from 'commander';
import { describeHubStats, readStatsIn } from '#apps/hub';
import { readingData } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

export function addStats(program: Command): void {
  program
    .command('stats')
    .description('what is in the log, how many records there are, and what the checks say')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async ({ dataDir, json }: Options) => {
      const stats = await readingData(dataDir, async ({ directory }) => readStatsIn(directory.views, Date.now()));
      print(json ? JSON.stringify(stats, undefined, 2) : describeHubStats(stats));
    });
}
