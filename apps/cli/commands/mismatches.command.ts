import { Option, type Command } from 'commander';
import { REGISTRIES, type Registry } from '#contracts/records';
import { CHECKS, CODES, type Check, type Code } from '#contracts/verdicts';
import type { Tab } from '#libs/domain/reconciliation';
import {
  AGE_BUCKETS,
  MAX_PAGE_ITEMS,
  openQueue,
  openViewReader,
  queueProjection,
  SORTS,
  type AgeBucket,
  type Queue,
  type QueueEntry,
  type QueueFilter,
  type QueuePage,
  type QueueQuery,
  type QueueSort,
} from '#libs/projections';
import { writeCsv } from '../csv.ts';
import { readingData } from '../data.ts';
import { CommandError } from '../failure.ts';
import { differs, findingsText, findingText } from '../findings.ts';
import { dataDirOption, jsonOption, wholeNumber } from '../options.ts';
import { counted, print, table } from '../output.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
  readonly check?: readonly Check[];
  readonly code?: readonly Code[];
  readonly registry?: readonly Registry[];
  readonly ward?: readonly string[];
  readonly age?: readonly AgeBucket[];
  readonly holder?: readonly string[];
  readonly text?: string;
  readonly tab?: OfferedTab;
  readonly actor?: string;
  readonly sort: QueueSort;
  readonly limit?: number;
  readonly out?: string;
}

/** What stands for "nobody" and "no ward" on the command line. */
const NONE = 'none';
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 10_000_000;
/** The tabs of the desk, by the words of the command line; the name that the API has is taken as well. */
const OFFERED_TABS = {
  mine: 'mine',
  unclaimed: 'unclaimed',
  waiting: 'waiting-for-agency',
  overdue: 'overdue',
  done: 'done',
  'waiting-for-agency': 'waiting-for-agency',
} as const satisfies Record<string, Tab>;
type OfferedTab = keyof typeof OFFERED_TABS;

/** Options and action of `khop mismatches`. */
export function defineMismatches(command: Command): void {
  command
    .addOption(new Option('--check <checks...>', 'only of these checks').choices(CHECKS))
    .addOption(new Option('--code <codes...>', 'only with one of these codes').choices(CODES))
    .addOption(new Option('--registry <names...>', 'only records of these registries').choices(Object.keys(REGISTRIES)))
    .option('--ward <codes...>', `only in these wards, by their codes since 1 July 2025; ${NONE} for no ward`)
    .addOption(new Option('--age <days...>', 'only so old, in days').choices(AGE_BUCKETS.map(({ name }) => name)))
    .option('--holder <names...>', `only held by these people; ${NONE} for nobody`)
    .option('--text <words>', 'only where words of a name or key begin so; diacritics may be left out')
    .addOption(
      new Option('--tab <tab>', 'only what this tab of the desk shows; mine needs --actor').choices(
        Object.keys(OFFERED_TABS),
      ),
    )
    .option('--actor <name>', 'whose tab mine is')
    .addOption(new Option('--sort <order>', 'which come first').choices(SORTS).default('newest'))
    .option('--limit <n>', `at most so many; default ${DEFAULT_LIMIT}, with --out all`, wholeNumber(1, MAX_LIMIT))
    .option('--out <file.csv>', 'write them to a CSV file, for a spreadsheet')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(mismatches);
}

async function mismatches(options: Options): Promise<void> {
  if (options.tab === 'mine' && options.actor === undefined) {
    throw new CommandError('actor-missing', 'Whose? The tab "mine" needs --actor <name>, as the desk knows them.');
  }
  await readingData(options.dataDir, async ({ directory }) => {
    const reader = openViewReader(directory.views, queueProjection);
    try {
      const queue = openQueue(reader);
      await (options.out === undefined ? show(queue, options) : writeOut(queue, options, options.out));
    } finally {
      reader.close();
    }
  });
}

async function show(queue: Queue, options: Options): Promise<void> {
  const items: QueueEntry[] = [];
  let first: QueuePage | undefined;
  for (const page of pagesOf(queue, options, options.limit ?? DEFAULT_LIMIT)) {
    first ??= page;
    items.push(...page.items);
  }
  const total = first?.total ?? 0;
  const cut = first?.cut ?? false;
  print(
    options.json ? JSON.stringify({ total, cut, tabs: first?.tabs, items }, undefined, 2) : describe(items, total, cut),
  );
}

async function writeOut(queue: Queue, options: Options, file: string): Promise<void> {
  const written = await writeCsv(file, COLUMNS, rowsOf(pagesOf(queue, options, options.limit ?? MAX_LIMIT)));
  print(
    options.json
      ? JSON.stringify({ file, written })
      : `Wrote ${counted(written, 'mismatch', 'mismatches')} to ${file}. It holds names and numbers of people: keep it as you keep the data.`,
  );
}

/** The pages of a list, up to its limit; the first one is there also when it is empty. */
function* pagesOf(queue: Queue, options: Options, limit: number): Generator<QueuePage> {
  const query: QueueQuery = {
    now: Date.now(),
    sort: options.sort,
    filter: filterOf(options),
    ...(options.tab !== undefined && { tab: OFFERED_TABS[options.tab] }),
    ...(options.actor !== undefined && { actor: options.actor }),
  };
  let left = limit;
  for (let cursor: string | null | undefined; left > 0 && cursor !== null;) {
    const page = queue.query({
      ...query,
      limit: Math.min(left, MAX_PAGE_ITEMS),
      ...(cursor !== undefined && { cursor }),
    });
    yield page;
    left -= page.items.length;
    cursor = page.next;
  }
}

function filterOf({ check, code, registry, ward, age, holder, text }: Options): QueueFilter {
  const orNone = (values: readonly string[]): (string | null)[] => values.map((one) => (one === NONE ? null : one));
  return {
    ...(check !== undefined && { checks: check }),
    ...(code !== undefined && { codes: code }),
    ...(registry !== undefined && { registries: registry }),
    ...(ward !== undefined && { wards: orNone(ward) }),
    ...(age !== undefined && { ages: age }),
    ...(holder !== undefined && { holders: orNone(holder) }),
    ...(text !== undefined && { text }),
  };
}

function describe(items: readonly QueueEntry[], total: number, cut: boolean): string {
  if (items.length === 0) return 'No mismatches of this kind.';
  const rows = items.map((item) => [
    item.recordKey,
    item.name,
    item.check,
    item.codes.join(' '),
    item.findings.filter(differs).map(findingText).join(', '),
    item.ward ?? '',
    `${item.ageDays} d${item.overdue ? ' !' : ''}`,
    item.claim?.holder ?? '',
  ]);
  const shown = `${items.length.toLocaleString('en')} of ${total.toLocaleString('en')}${cut ? ' that a search looks at' : ''}`;
  const more = items.length < total ? '; --limit shows more, --out writes all to a file' : '';
  const overdue = items.some((item) => item.overdue) ? '\n! is overdue.' : '';
  const header = ['key', 'name', 'check', 'codes', 'differs', 'ward', 'age', 'holder'];
  return `${table(header, rows)}\n\n${shown}${more}.${overdue}`;
}

const COLUMNS = [
  'check',
  'registry',
  'record',
  'recordKey',
  'name',
  'codes',
  'fields',
  'ward',
  'state',
  'ageDays',
  'openedAt',
  'dueAt',
  'overdue',
  'holder',
];

function* rowsOf(pages: Iterable<QueuePage>): Generator<readonly string[]> {
  for (const { items } of pages) {
    for (const item of items) {
      yield [
        item.check,
        item.registry,
        item.record,
        item.recordKey,
        item.name,
        item.codes.join('; '),
        findingsText(item.findings),
        item.ward ?? '',
        item.state,
        String(item.ageDays),
        item.openedAt ?? '',
        item.dueAt ?? '',
        item.overdue ? 'yes' : 'no',
        item.claim?.holder ?? '',
      ];
    }
  }
}
