import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { DEFINITIONS, findDefinition } from '#libs/registries/definitions';
import { makeTemplate, TEMPLATE_FORMATS, type TemplateFormat } from '#libs/registries/templates';
import { CommandError } from '../failure.ts';
import { note } from '../output.ts';

interface Options {
  readonly format: TemplateFormat;
  readonly lang: 'en' | 'vi';
  readonly out?: string;
}

const RECORDS = DEFINITIONS.map(({ record }) => record);

/** Options and action of `khop template`. */
export function defineTemplate(command: Command): void {
  command
    .argument('<record>', RECORDS.join(', '))
    .addOption(new Option('--format <format>', 'what kind of file').choices(TEMPLATE_FORMATS).default('csv'))
    .addOption(new Option('--lang <lang>', 'headers of columns').choices(['en', 'vi']).default('en'))
    .option('--out <file>', 'the file to write; without it, standard output')
    .action(template);
}

async function template(record: string, { format, lang, out }: Options): Promise<void> {
  const definition = findDefinition(record);
  if (definition === undefined) {
    throw new CommandError('unknown-record', `There is no such record type. There are: ${RECORDS.join(', ')}.`);
  }
  if (out === undefined && format === 'xlsx' && process.stdout.isTTY) {
    throw new CommandError('needs-file', 'A workbook is no text for a terminal: name a file with --out.');
  }
  const content = await makeTemplate(definition, format, { headers: lang });
  if (out === undefined) process.stdout.write(content);
  else {
    await writeFile(out, content);
    note(`Wrote ${out}. Put your records in place of the example, then: khop import ${out}`);
  }
}
