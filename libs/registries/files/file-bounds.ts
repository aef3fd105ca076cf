/** Every bound of reading a file: whatever the file is, memory and time stay within them. */
export interface FileBounds {
  /** Bytes read at once. */
  readonly chunkBytes: number;
  /** A longer line, or row of a table, is rejected without being held. The log takes no larger record either. */
  readonly maxLineBytes: number;
  /** How much of a line that can't be read is kept. */
  readonly maxKeptCharacters: number;
  /** Lines that one CSV row may span because of line breaks between quotation marks. */
  readonly maxLinesPerRow: number;
  readonly maxColumns: number;
  /** Rows of a grouped table that are held in memory; more of them go to a temporary file. */
  readonly maxGroupedRowsInMemory: number;
  /** The same in characters. */
  readonly maxGroupedCharactersInMemory: number;
  /** How much a part of a workbook may grow when it is unpacked; real ones grow ten- to sixty-fold. */
  readonly maxUnpackRatio: number;
  /** Unpacked size of all parts of a workbook that are read. */
  readonly maxUnpackedBytes: number;
  /** Characters of shared texts of a workbook that are held in memory; more go to a temporary file. */
  readonly maxSharedTextCharacters: number;
  /** Longest value of a cell; Excel's own bound is 32,767 characters. */
  readonly maxCellCharacters: number;
}

export const DEFAULT_FILE_BOUNDS: FileBounds = {
  chunkBytes: 1_048_576,
  maxLineBytes: 2_097_152,
  maxKeptCharacters: 4_096,
  maxLinesPerRow: 50,
  maxColumns: 1_000,
  maxGroupedRowsInMemory: 20_000,
  maxGroupedCharactersInMemory: 33_554_432,
  maxUnpackRatio: 250,
  maxUnpackedBytes: 8_589_934_592,
  maxSharedTextCharacters: 16_777_216,
  maxCellCharacters: 1_000_000,
};
