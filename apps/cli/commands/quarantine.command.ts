import { Option, type Command } from 'commander';
import { REGISTRIES, REGISTRY_OF } from '#contracts/records';
import { listQuarantine, findQuarantined, isQuarantineId, type QuarantineItem } from '#libs/registries/quarantine';
import { describeReason } from '#libs/registries/validation';
import { readingLog } from '../data.ts';
import { CommandError, EXIT } from '../failure.ts';
import { dataDirOption, jsonOption, wholeNumber } from '../options.ts';
import { counted, print, printable, table } from '../output.ts';
import { readRow, resubmit } from '../resubmit.ts';

interface ListOptions {
  readonly dataDir: string;
  readonly json: boolean;
  readonly registry?: string;
  readonly record?: string;
  readonly all: boolean;
  readonly limit: number;
  readonly after: number;
}

interface ItemOptions {
  readonly dataDir: string;
  readonly json: boolean;
}

interface ResubmitOptions extends ItemOptions {
  readonly row?: string;
}

/** Options and action of `khop quarantine`. */
export function defineQuarantine(quarantine: Command): void {
  quarantine
    .command('list')
    .description('what is in quarantine, oldest first, with the reasons but without the rows')
    .addOption(new Option('--registry <name>', 'only of this registry').choices(Object.keys(REGISTRIES)))
    .addOption(new Option('--record <type>', 'only of this record type').choices(Object.keys(REGISTRY_OF)))
    .option('--all', 'also those that were fixed and taken in', false)
    .option('--limit <n>', 'at most so many', wholeNumber(1, 100_000), 100)
    .option('--after <position>', 'go on where the list before ended', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(list);
  quarantine
    .command('show')
    .description('one row as it came, with what is wrong with it')
    .argument('<id>', 'from the list, or from the file of rejected rows')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(show);
  quarantine
    .command('resubmit')
    .description('try a row again: as it was fixed, or as it stands')
    .argument('<id>', 'from the list, or from the file of rejected rows')
    .option('--row <file>', 'the fixed row, one JSON object; - for standard input')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(tryAgain);
  quarantine.addHelpText(
    'after',
    '\nMany rows at once: fix the file of rejected rows that the import names, and import it.',
  );
}

async function list({ dataDir, json, registry, record, all, limit, after }: ListOptions): Promise<void> {
  const page = await readingLog(dataDir, ({ store }) =>
    listQuarantine(store, {
      after,
      limit,
      includeResolved: all,
      ...(registry !== undefined && { registry }),
      ...(record !== undefined && { record }),
    }),
  );
  if (json) {
    print(JSON.stringify({ ...page, items: page.items.map(withoutRow) }, undefined, 2));
    return;
  }
  if (page.items.length === 0) {
    print('There is nothing in quarantine.');
    return;
  }
  const rows = page.items.map((item) => [
    item.quarantineId,
    item.record,
    item.line === undefined ? '' : String(item.line),
    item.since.slice(0, 'YYYY-MM-DD'.length),
    item.state === 'resolved' ? 'resolved' : item.reasons.map(describeReason).join(' '),
  ]);
  print(table(['id', 'record', 'line', 'since', 'what is wrong'], rows));
  if (!page.end) print(`\nThere may be more: --after ${page.next} goes on.`);
}

async function show(id: string, { dataDir, json }: ItemOptions): Promise<void> {
  const item = await readingLog(dataDir, ({ store }) =>
    isQuarantineId(id) ? findQuarantined(store, id) : Promise.resolve(undefined),
  );
  if (item === undefined) throw notThere();
  print(json ? JSON.stringify(item, undefined, 2) : describe(item));
}

function describe(item: QuarantineItem): string {
  const { quarantineId, registry, record, state, line, fileName, since, reasons, failedResubmissions, row } = item;
  const from = [fileName === undefined ? '' : printable(fileName), line === undefined ? '' : `line ${line}`];
  const tries = failedResubmissions === 0 ? '' : `, resubmitted in vain ${counted(failedResubmissions, 'time')}`;
  return [
    `${record} of ${registry}, ${state === 'open' ? 'in quarantine' : 'taken in since'}: ${quarantineId}`,
    `  came ${since} from ${from.filter((part) => part !== '').join(', ') || 'its change feed'}${tries}`,
    ...reasons.map((reason) => `  ${describeReason(reason)}`),
    '',
    typeof row === 'string' ? printable(row) : JSON.stringify(row, undefined, 2),
  ].join('\n');
}

async function tryAgain(id: string, { dataDir, json, row }: ResubmitOptions): Promise<void> {
  if (!isQuarantineId(id)) throw notThere();
  const answer = await resubmit(dataDir, id, row === undefined ? undefined : await readRow(row));
  if (json) print(JSON.stringify(answer, undefined, 2));
  else if (answer.ok) print('The row was taken in and has left quarantine.');
  else {
    print('The row can’t be taken in even now; it stays in quarantine:');
    for (const reason of answer.reasons) print(`  ${reason}`);
  }
  if (!answer.ok) process.exitCode = EXIT.someQuarantined;
}

const notThere = (): CommandError =>
  new CommandError('quarantine-item-not-found', 'There is no such row in quarantine: khop quarantine list names them.');

function withoutRow(item: QuarantineItem): object {
  const shown: Partial<QuarantineItem> = { ...item };
  delete (shown as { row?: unknown }).row;
  return shown;
}
