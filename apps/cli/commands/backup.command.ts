import type { Command } from 'commander';
import { dataDirectory } from '#apps/hub/reading';
import { backupLog, restoreLog } from '#libs/event-store/sqlite';
import { existingDirectory } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';
import { startProgress } from '../progress.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

const PERCENT = 100;

/** Arguments and action of `khop backup`. */
export function defineBackup(command: Command): void {
  command
    .argument('<file>', 'the file to write; it must not be there yet')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, { dataDir, json }: Options) => {
      const { log } = existingDirectory(dataDir);
      const progress = startProgress('backing up', PERCENT);
      const point = await backupLog(log, file, (done) => progress.update(Math.round(done * PERCENT))).finally(() =>
        progress.end(),
      );
      if (json) print(JSON.stringify({ file, ...point }, undefined, 2));
      else {
        print(`Backed up to position ${point.position}: ${file}`);
        print('The file holds personal values and the key to them: keep it as you keep the data.');
      }
    });
}

/** Arguments and action of `khop restore`. */
export function defineRestore(command: Command): void {
  command
    .argument('<file>', 'a file that khop backup wrote')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, { dataDir, json }: Options) => {
      const progress = startProgress('restoring', PERCENT);
      const point = await restoreLog(file, dataDirectory(dataDir).log, (done) =>
        progress.update(Math.round(done * PERCENT)),
      ).finally(() => progress.end());
      print(
        json
          ? JSON.stringify({ dataDir, ...point }, undefined, 2)
          : `Restored to position ${point.position} in ${dataDir}.`,
      );
    });
}
