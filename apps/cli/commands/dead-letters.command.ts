import type { Command } from 'commander';
import {
  getDeadItem,
  listDeadItems,
  retryDeadItem,
  setDeadItemAside,
  type DeadItem,
  type DeadLetterAnswer,
} from '../dead-letters.ts';
import { EXIT } from '../failure.ts';
import { dataDirOption, jsonOption, words } from '../options.ts';
import { print, printable, table } from '../output.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

interface ItemOptions extends Options {
  readonly handler?: string;
}

interface SetAsideOptions extends ItemOptions {
  readonly reason: string;
}

/** Options and action of `khop dead-letters`. */
export function defineDeadLetters(deadLetters: Command): void {
  const withId = (name: string, description: string): Command =>
    deadLetters
      .command(name)
      .description(description)
      .argument('<id>', 'from the list')
      .option('--handler <name>', 'whose it is, where several handlers gave up on the same');
  deadLetters
    .command('list')
    .description('every dead letter, with its reason and how many wait behind it')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(list);
  withId('show', 'one dead letter with everything known of it')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(show);
  withId('retry', 'hand it to its handler again; what waits behind it follows')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(retry);
  withId('set-aside', 'leave it for good; what waits behind it goes on')
    .requiredOption('--reason <text>', 'why, for those who come after; nothing personal, it stands in the log', words)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(setAside);
}

async function list({ dataDir, json }: Options): Promise<void> {
  const items = await listDeadItems(dataDir);
  if (json) print(JSON.stringify({ items }, undefined, 2));
  else if (items.length === 0) print('There are no dead letters.');
  else {
    const rows = items.map((item) => [
      item.handler,
      item.id,
      item.type,
      item.lastFailedAt ?? '',
      item.attempts,
      item.waiting,
      item.reason ?? '',
    ]);
    print(table(['handler', 'id', 'type', 'last failed', 'attempts', 'waiting', 'reason'], rows));
  }
}

async function show(id: string, { dataDir, json, handler }: ItemOptions): Promise<void> {
  const item = await getDeadItem(dataDir, { id, handler });
  print(json ? JSON.stringify(item, undefined, 2) : describe(item));
}

function describe(item: DeadItem): string {
  const { handler, id, key, type, reason, attempts, firstFailedAt, lastFailedAt, waiting, data } = item;
  return [
    `${type} ${id}`,
    `  handler  ${handler}`,
    `  key      ${key}, with ${waiting} waiting behind it`,
    `  reason   ${printable(reason ?? '')}`,
    `  tried    ${attempts} times, first failed ${firstFailedAt ?? '—'}, last ${lastFailedAt ?? '—'}`,
    '',
    JSON.stringify(data, undefined, 2),
  ].join('\n');
}

async function retry(id: string, { dataDir, json, handler }: ItemOptions): Promise<void> {
  const answer = await retryDeadItem(dataDir, { id, handler });
  tell(answer, json, 'It was handed to its handler again.');
}

async function setAside(id: string, { dataDir, json, handler, reason }: SetAsideOptions): Promise<void> {
  const answer = await setDeadItemAside(dataDir, { id, handler }, reason);
  tell(answer, json, 'It was set aside; what waited behind it goes on.');
}

function tell(answer: DeadLetterAnswer, json: boolean, done: string): void {
  if (json) print(JSON.stringify(answer, undefined, 2));
  else print(answer.handled ? done : `It failed again: ${printable(answer.reason ?? 'without a reason')}`);
  if (!answer.handled) process.exitCode = EXIT.failed;
}
