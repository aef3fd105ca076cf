import type { FileBounds } from '../file-bounds.ts';
import type { TableRow } from '../table.ts';
import { readSharedTexts } from './shared-texts.ts';
import { sheetRows } from './sheet-rows.ts';
import { readStyles } from './styles.ts';
import { readWorkbook } from './workbook.ts';
import { openParts } from './zip-parts.ts';

/** The first visible sheet of a workbook. */
export interface OpenSheet {
  readonly otherSheets: readonly string[];
  /** To be read once, to the end or until it is left. */
  readonly rows: AsyncIterable<readonly TableRow[]>;
}

/** Opens a workbook's first visible sheet. Throws `FileRefusedError` (`broken-workbook`, `zip-bomb`). */
export async function openSheet(path: string, bounds: FileBounds): Promise<OpenSheet> {
  const parts = await openParts(path, bounds);
  try {
    const workbook = await readWorkbook(parts, bounds);
    const { sheet, styles, sharedStrings, date1904, otherSheets } = workbook;
    return { otherSheets, rows: rowsOf() };

    async function* rowsOf(): AsyncGenerator<readonly TableRow[]> {
      try {
        const context = { styles: await readStyles(parts, styles, bounds), date1904 };
        const texts = await readSharedTexts(parts, sharedStrings, bounds);
        try {
          yield* sheetRows(parts.read(sheet, 'long'), { ...context, texts }, bounds);
        } finally {
          texts.close();
        }
      } finally {
        parts.close();
      }
    }
  } catch (error) {
    parts.close();
    throw error;
  }
}
