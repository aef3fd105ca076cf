import { Option, type Command } from 'commander';
import { CHECKS, type Check, type VerdictLine } from '#contracts/verdicts';
import { exportVerdicts, openViewReader, verdictsProjection } from '#libs/projections';
import { candidatesProjection } from '#libs/projections/candidates';
import { writeCsv } from '../csv.ts';
import { readingData, type ReadData } from '../data.ts';
import { findingsText } from '../findings.ts';
import { dataDirOption } from '../options.ts';
import { counted, note, writeLines } from '../output.ts';
import { startProgress } from '../progress.ts';

interface Options {
  readonly dataDir: string;
  readonly format: 'jsonl' | 'csv';
  readonly out?: string;
  readonly check?: readonly Check[];
  readonly candidates: boolean;
}

/** Options and action of `khop verdicts`. */
export function defineVerdicts(command: Command): void {
  command
    .addOption(new Option('--format <format>', 'how it is written').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--out <file>', 'the file to write; without it, standard output')
    .addOption(new Option('--check <checks...>', 'only these checks; without it, all').choices(CHECKS))
    .option('--candidates', 'where nobody was found, name the residents who come into question', false)
    .addOption(dataDirOption())
    .action(async (options: Options) => {
      const count = await readingData(options.dataDir, (data) => exportTo(data, options));
      const where = options.out === undefined ? '' : ` to ${options.out}`;
      note(`Wrote ${counted(count, 'verdict')}${where}.`);
    });
}

async function exportTo(data: ReadData, options: Options): Promise<number> {
  const { directory, store, hash } = data;
  const view = openViewReader(directory.views, verdictsProjection);
  const candidates = options.candidates ? openViewReader(directory.views, candidatesProjection) : undefined;
  const progress = startProgress('looking up');
  try {
    const lines = exportVerdicts({
      view,
      store,
      hash,
      candidates,
      ...(options.check !== undefined && { checks: options.check }),
      onProgress: (done, total) => progress.update(done, total),
    });
    return await write(lines, options);
  } finally {
    progress.end();
    view.close();
    candidates?.close();
  }
}

function write(lines: AsyncIterable<VerdictLine>, { format, out }: Options): Promise<number> {
  return format === 'csv' ? writeCsv(out, COLUMNS, mapped(lines, cellsOf)) : writeLines(out, mapped(lines, jsonOf));
}

const jsonOf = (line: VerdictLine): string => JSON.stringify(line);

const COLUMNS = [
  'check',
  'registry',
  'recordKey',
  'part',
  'counterpart.registry',
  'counterpart.recordKey',
  'outcome',
  'codes',
  'fields',
  'candidates',
  'rules',
];

const cellsOf = (line: VerdictLine): readonly string[] => [
  line.check,
  line.registry,
  line.recordKey,
  String(line.part),
  line.counterpart?.registry ?? '',
  line.counterpart?.recordKey ?? '',
  line.outcome,
  line.codes.join('; '),
  findingsText(line.fields),
  (line.candidates ?? []).map(({ recordKey, score }) => `${recordKey} ${score}`).join('; '),
  line.rules,
];

async function* mapped<T, U>(items: AsyncIterable<T>, map: (item: T) => U): AsyncGenerator<U> {
  for await (const item of items) yield map(item);
}
