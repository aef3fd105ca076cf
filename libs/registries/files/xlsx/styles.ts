import type { FileBounds } from '../file-bounds.ts';
import { readXml } from './read-xml.ts';
import type { WorkbookParts } from './zip-parts.ts';

/** How a cell shows its number: as a date as far as its format goes, with zeros in front, or as it is. */
export type NumberStyle =
  | { readonly kind: 'date'; readonly precision: 'year' | 'month' | 'day' }
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'plain' };

const PLAIN: NumberStyle = { kind: 'plain' };
const DAY: NumberStyle = { kind: 'date', precision: 'day' };
const MONTH: NumberStyle = { kind: 'date', precision: 'month' };

/** Formats that a workbook need not spell out (ECMA-376 part 1, 18.8.30), the East Asian ones too. */
const BUILT_IN_DAYS = new Set([14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN_MONTHS = new Set([17, 55]);

/** The style of each cell format of a workbook, by its place. */
export async function readStyles(
  parts: WorkbookParts,
  part: string | undefined,
  bounds: FileBounds,
): Promise<readonly NumberStyle[]> {
  if (part === undefined) return [];
  const formats = new Map<number, string>();
  const used: number[] = [];
  let inCellFormats = false;
  await readXml(
    parts.read(part),
    {
      open(name, attributes) {
        if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        else if (name === 'cellXfs') inCellFormats = true;
        else if (name === 'xf' && inCellFormats) used.push(Number(attributes['numFmtId'] ?? 0));
      },
      close(name) {
        if (name === 'cellXfs') inCellFormats = false;
      },
    },
    bounds.maxCellCharacters,
  );
  return used.map((id) => styleOf(id, formats.get(id)));
}

function styleOf(id: number, format: string | undefined): NumberStyle {
  if (format !== undefined) return numberStyleOf(format);
  if (BUILT_IN_DAYS.has(id)) return DAY;
  return BUILT_IN_MONTHS.has(id) ? MONTH : PLAIN;
}

/** Reads a number format such as `dd/mm/yyyy`, `yyyy`, `000000000000`. */
export function numberStyleOf(format: string): NumberStyle {
  const [first = ''] = format.split(';');
  const bare = first.replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '').toLowerCase();
  if (/^0+$/.test(bare)) return { kind: 'padded', digits: bare.length };
  if (!/^[ymdhs/\-.,: ap0]+$/.test(bare)) return PLAIN;
  if (bare.includes('d')) return DAY;
  if (!/[ye]/.test(bare)) return PLAIN;
  return bare.includes('m') ? MONTH : { kind: 'date', precision: 'year' };
}
