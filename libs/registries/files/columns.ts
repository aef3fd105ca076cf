import { LabelTable, type Fields, type LeafSpec, type RecordDefinition } from '../definitions/index.ts';

/** What a column holds: a field of the record, or one of an element of one of its lists. */
export interface ColumnTarget {
  readonly kind: LeafSpec['kind'];
  /** Names from the record down to the field; without the list's own for a field of a list's element. */
  readonly path: readonly string[];
  /** `element`: which of the list's elements, by number or by what its columns have in common. */
  readonly list?: { readonly name: string; readonly element: string };
  /** What else an element has that this column makes by itself. */
  readonly constants?: Readonly<Record<string, string>>;
}

export interface ColumnCatalogue {
  find(header: string): ColumnTarget | undefined;
  /** Every column with its headers, the dotted path first: for templates. */
  readonly columns: readonly { readonly target: ColumnTarget; readonly headers: readonly string[] }[];
}

const catalogues = new WeakMap<RecordDefinition, ColumnCatalogue>();

/** The columns that a definition's fields may stand in, by dotted path or alias, in any letter case. */
export function columnsOf(definition: RecordDefinition): ColumnCatalogue {
  const known = catalogues.get(definition);
  if (known !== undefined) return known;
  const made = buildCatalogue(definition.fields);
  catalogues.set(definition, made);
  return made;
}

/** `formerIds.0.value`: an element of a list by its number. */
const NUMBERED = /^(.*?)\.([0-9]{1,3})\.(.*)$/;

function buildCatalogue(fields: Fields): ColumnCatalogue {
  const columns: { target: ColumnTarget; headers: string[] }[] = [];
  collect(fields, [], columns);
  const table = new LabelTable<ColumnTarget>();
  for (const { target, headers } of columns) for (const header of headers) table.set(header, target);
  return {
    columns,
    find(header) {
      const target = table.get(header);
      if (target !== undefined) return target;
      const numbered = NUMBERED.exec(header.trim());
      const element = numbered === null ? undefined : table.get(`${numbered[1] ?? ''}.${numbered[3] ?? ''}`);
      if (numbered === null || element?.list === undefined) return undefined;
      return { ...element, list: { ...element.list, element: `#${Number(numbered[2])}` } };
    },
  };
}

function collect(
  fields: Fields,
  path: readonly string[],
  columns: { target: ColumnTarget; headers: string[] }[],
): void {
  for (const [name, spec] of Object.entries(fields)) {
    const here = [...path, name];
    if (spec.kind === 'object') collect(spec.fields, here, columns);
    else if (spec.kind === 'list') collectList(name, spec, columns);
    else columns.push({ target: { kind: spec.kind, path: here }, headers: [here.join('.'), ...spec.aliases] });
  }
}

function collectList(
  name: string,
  { column, fields, first }: Extract<Fields[string], { kind: 'list' }>,
  columns: { target: ColumnTarget; headers: string[] }[],
): void {
  const own: typeof columns = [];
  collect(fields, [], own);
  for (const { target, headers } of own) {
    const field = target.path.join('.');
    columns.push({
      target: { ...target, list: { name, element: column } },
      headers: [`${column}.${field}`, `${name}.${field}`, ...headers.slice(1)],
    });
  }
  for (const { field, constants, aliases } of first) {
    const list = { name, element: aliases.join(' ') };
    columns.push({ target: { kind: 'text', path: [field], list, constants }, headers: [...aliases] });
  }
}
