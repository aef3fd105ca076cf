/** Why a file is refused as a whole, before any of its rows is taken. */
export type FileRefusal =
  | 'unreadable'
  | 'unknown-record'
  | 'empty-file'
  | 'no-rows'
  | 'not-json-lines'
  | 'binary'
  | 'unknown-encoding'
  | 'old-excel'
  | 'broken-workbook'
  | 'zip-bomb'
  | 'no-known-columns'
  | 'key-column-missing';

/** A file that can't be taken in at all. The message says why and what to do; it repeats nothing of the file's contents. */
export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError';
  readonly code: FileRefusal;

  constructor(code: FileRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
