import type { FileBounds } from '../file-bounds.ts';
import { readXml } from './read-xml.ts';
import { notAWorkbook, type WorkbookParts } from './zip-parts.ts';

/** What a workbook says of itself. */
export interface Workbook {
  /** Part of the first visible sheet. */
  readonly sheet: string;
  readonly sheetName: string;
  /** Names of the visible sheets behind it, which are not read. */
  readonly otherSheets: readonly string[];
  /** Days are counted from 1904 instead of 1900. */
  readonly date1904: boolean;
  readonly styles: string | undefined;
  readonly sharedStrings: string | undefined;
}

interface Relation {
  readonly type: string;
  readonly part: string;
}

export async function readWorkbook(parts: WorkbookParts, bounds: FileBounds): Promise<Workbook> {
  const main = [...(await relationsOf(parts, '', bounds)).values()].find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined) throw notAWorkbook('it names no workbook part');
  const relations = await relationsOf(parts, main, bounds);
  const sheets: { name: string; part: string | undefined }[] = [];
  let date1904 = false;
  await readXml(
    parts.read(main),
    {
      open(name, attributes) {
        if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
        if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
        const id = Object.entries(attributes).find(([attribute]) => attribute.endsWith(':id'))?.[1] ?? '';
        sheets.push({ name: attributes['name'] ?? '', part: relations.get(id)?.part });
      },
    },
    bounds.maxCellCharacters,
  );
  const [first, ...others] = sheets;
  if (first?.part === undefined) throw notAWorkbook('it has no visible sheet');
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((relation) => relation.type === type && parts.has(relation.part))?.part;
  return {
    sheet: first.part,
    sheetName: first.name,
    otherSheets: others.map(({ name }) => name),
    date1904,
    styles: partOf('styles'),
    sharedStrings: partOf('sharedStrings'),
  };
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** The relations of a part by their id; '' for those of the package. */
async function relationsOf(
  parts: WorkbookParts,
  part: string,
  bounds: FileBounds,
): Promise<ReadonlyMap<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relations = new Map<string, Relation>();
  await readXml(
    parts.read(`${folder}_rels/${part.slice(folder.length)}.rels`),
    {
      open(name, { Id = '', Type = '', Target = '' }) {
        if (name !== 'Relationship') return;
        relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: resolve(folder, Target) });
      },
    },
    bounds.maxCellCharacters,
  );
  return relations;
}

function resolve(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}
