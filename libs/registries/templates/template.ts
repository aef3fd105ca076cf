import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import type { JsonObject } from '#libs/event-store/port';
import type { RecordDefinition } from '../definitions/index.ts';
import { columnsOf } from '../files/index.ts';

export const TEMPLATE_FORMATS = ['csv', 'jsonl', 'xlsx'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

export interface TemplateOptions {
  /** Column headers: `en` the fields' names, `vi` the Vietnamese ones where there are any; default `en`. JSON lines have names only. */
  readonly headers?: 'en' | 'vi';
}

interface TemplateColumn {
  readonly header: string;
  readonly example: string;
}

const BYTE_ORDER_MARK = '\ufeff';
const COLUMN_WIDTH = 24;

/**
 * A file to start from: a header, and an invented record as an example. CSV is UTF-8 with a byte order mark, by which Excel knows it.
 * It can be taken in as it is.
 */
export async function makeTemplate(
  definition: RecordDefinition,
  format: TemplateFormat,
  { headers = 'en' }: TemplateOptions = {},
): Promise<Buffer> {
  if (format === 'jsonl') return Buffer.from(`${JSON.stringify(definition.example)}\n`);
  const columns = templateColumns(definition, headers);
  if (format === 'csv') {
    const rows = [columns.map(({ header }) => header), columns.map(({ example }) => example)];
    return Buffer.from(`${BYTE_ORDER_MARK}${stringify(rows, { record_delimiter: 'windows' })}`);
  }
  const texts = (values: readonly string[], fontWeight?: 'bold') =>
    // As text, so that a spreadsheet leaves the zeros at the front of codes alone.
    values.map((value) => ({ value, type: String, format: '@', ...(fontWeight === undefined ? {} : { fontWeight }) }));
  const sheet = [
    texts(
      columns.map(({ header }) => header),
      'bold',
    ),
    texts(columns.map(({ example }) => example)),
  ];
  const options = {
    sheet: definition.record,
    columns: columns.map(() => ({ width: COLUMN_WIDTH })),
    stickyRowsCount: 1,
  };
  return writeXlsxFile(sheet, options).toBuffer();
}

/** Of a list that has columns of their own for its usual element, such as `Số CMND`, only these are shown. */
function templateColumns(definition: RecordDefinition, language: 'en' | 'vi'): readonly TemplateColumn[] {
  const { columns } = columnsOf(definition);
  const ownColumns = new Set(
    columns.flatMap(({ target }) => (target.constants === undefined ? [] : [target.list?.name])),
  );
  return columns
    .filter(({ target }) => target.constants !== undefined || !ownColumns.has(target.list?.name ?? ''))
    .map(({ target, headers }) => {
      const [name = '', vietnamese = name] = headers.filter(
        (header) => !header.startsWith(`${target.list?.name ?? ''}.`),
      );
      const path = target.list === undefined ? target.path : [target.list.name, '0', ...target.path];
      return { header: language === 'vi' ? vietnamese : name, example: valueAt(definition.example, path) };
    });
}

function valueAt(content: JsonObject, path: readonly string[]): string {
  let value: unknown = content;
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  }
  return typeof value === 'string' ? value : '';
}
