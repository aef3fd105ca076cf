import type { FileBounds } from '../file-bounds.ts';
import { openTemporaryDatabase } from '../../temporary/index.ts';
import { readXml } from './read-xml.ts';
import { unescapeText } from './unescape-text.ts';
import type { WorkbookParts } from './zip-parts.ts';

/** The texts that cells of a workbook refer to by number. */
export interface SharedTexts {
  get(number: number): string | undefined;
  close(): void;
}

const NONE: SharedTexts = { get: () => undefined, close: () => undefined };

/** Reads the shared texts: the first of them stay in memory, those past the bound go to a temporary file. */
export async function readSharedTexts(
  parts: WorkbookParts,
  part: string | undefined,
  bounds: FileBounds,
): Promise<SharedTexts> {
  if (part === undefined) return NONE;
  const held: string[] = [];
  let characters = 0;
  let count = 0;
  let file: ReturnType<typeof openFile> | undefined;

  function add(text: string): void {
    // An empty text takes room as well.
    characters += text.length + 1;
    if (file === undefined && characters <= bounds.maxSharedTextCharacters) held.push(text);
    else {
      file ??= openFile();
      file.insert.run(count, text);
    }
    count += 1;
  }

  let text = '';
  let inText = false;
  let inReading = false;
  const handler = {
    open(name: string): void {
      if (name === 'si') text = '';
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = !inReading;
    },
    text(piece: string): void {
      if (inText) text += piece;
    },
    close(name: string): void {
      if (name === 't') inText = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'si') add(unescapeText(text));
    },
  };
  try {
    await readXml(parts.read(part, 'long'), handler, bounds.maxCellCharacters);
  } catch (error) {
    file?.remove();
    throw error;
  }
  return { get: (number) => held[number] ?? file?.get(number), close: () => file?.remove() };
}

function openFile() {
  const { db, remove } = openTemporaryDatabase();
  db.exec('CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL); BEGIN');
  const insert = db.prepare('INSERT INTO texts VALUES (?, ?)');
  const select = db.prepare('SELECT text FROM texts WHERE number = ?');
  return {
    insert,
    remove,
    get(number: number): string | undefined {
      const text = select.get(number)?.['text'];
      return typeof text === 'string' ? text : undefined;
    },
  };
}
