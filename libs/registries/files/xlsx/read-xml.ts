import { SaxesParser } from 'saxes';
import { notAWorkbook } from './zip-parts.ts';

/** What a reader of XML is told. Names come without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Reads XML piece by piece: `write` as it comes, `end` behind the last piece. */
export interface XmlReader {
  write(chunk: string): void;
  end(): void;
}

/**
 * An XML reader that refuses document types, and with them entities that unfold into more, and that holds no more than
 * `maxTextCharacters` of one text or tag. Throws `FileRefusedError` (`broken-workbook`).
 */
export function createXmlReader(handler: XmlHandler, maxTextCharacters: number): XmlReader {
  const parser = new SaxesParser();
  let waiting = 0;
  parser.on('error', (error) => {
    throw notAWorkbook('its XML is broken', error);
  });
  parser.on('doctype', () => {
    throw notAWorkbook('it declares a document type, which no workbook has');
  });
  parser.on('opentag', ({ name, attributes }) => {
    waiting = 0;
    handler.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    waiting = 0;
    handler.close?.(localName(name));
  });
  parser.on('text', (text) => {
    waiting = 0;
    handler.text?.(text);
  });
  return {
    write(chunk) {
      waiting += chunk.length;
      parser.write(chunk);
      if (waiting > maxTextCharacters + chunk.length)
        throw notAWorkbook(`a value has more than ${maxTextCharacters} characters`);
    },
    end() {
      parser.close();
    },
  };
}

/** Reads a whole part. */
export async function readXml(
  chunks: AsyncIterable<string>,
  handler: XmlHandler,
  maxTextCharacters: number,
): Promise<void> {
  const reader = createXmlReader(handler, maxTextCharacters);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
