import type { Command } from 'commander';
import { REGISTRIES } from '#contracts/records';
import { acquireRoleLock, keepSoundPart, verifyLog, type RoleLock } from '#libs/event-store/sqlite';
import { existingDirectory } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { note, print } from '../output.ts';
import { startProgress } from '../progress.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
  readonly keepSound: boolean;
}

const EXIT_DAMAGED = 2;

/** Options and action of `khop verify`. */
export function defineVerify(command: Command): void {
  command
    .option('--keep-sound', 'give up everything from the first bad position on; the damaged log is kept aside', false)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(verify);
}

async function verify({ dataDir, json, keepSound: keep }: Options): Promise<void> {
  const { log } = existingDirectory(dataDir);
  const progress = startProgress('verifying');
  const report = await verifyLog(log, (position, head) => progress.update(position, head)).finally(() =>
    progress.end(),
  );
  if (json) print(JSON.stringify(report, undefined, 2));
  else if (report.sound)
    print(`The log is sound: ${report.head.toLocaleString('en')} positions, every event as it was written.`);
  else {
    const { firstBad } = report;
    print(firstBad === undefined ? 'The log is damaged.' : `The log is damaged at position ${firstBad.position}.`);
    for (const problem of report.problems) print(`  ${problem}`);
    print(`Sound up to position ${report.soundUpTo}. What to do:`);
    for (const step of report.wayOut) print(`  ${step}`);
  }
  if (report.sound) return;
  process.exitCode = EXIT_DAMAGED;
  if (!keep) return;
  // Nothing may write to a log while its sound part takes its place.
  const locks = await takeRoles(log);
  const salvaged = await keepSoundPart(log, Date.now()).finally(() => {
    for (const lock of locks) lock.release();
  });
  note(
    `Kept up to position ${salvaged.kept}, gave up ${salvaged.givenUp} events; the damaged log lies in ${salvaged.asideIn}.`,
  );
  process.exitCode = 0;
}

/** Every role in which something writes to the log. Throws `RoleTakenError` where one is taken. */
async function takeRoles(log: string): Promise<readonly RoleLock[]> {
  const locks: RoleLock[] = [];
  try {
    for (const role of ['hub', 'linker', ...Object.keys(REGISTRIES).map((registry) => `adapter-${registry}`)]) {
      locks.push(await acquireRoleLock(log, role));
    }
    return locks;
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
}
