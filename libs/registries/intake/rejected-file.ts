import { open, type FileHandle } from 'node:fs/promises';
import type { QuarantineReason } from '#contracts/events';
import { describeReason, REJECTION_FIELD } from '../validation/index.ts';
import { isQuarantineId } from '../quarantine/index.ts';

/** A row that was rejected, as it goes into the file of rejected rows. */
export interface RejectedLine {
  readonly line: number;
  readonly raw: unknown;
  readonly quarantineId: string;
  readonly reasons: readonly QuarantineReason[];
}

const MAX_TEXT_CHARACTERS = 65_536;
const READABLE_BY_OWNER = 0o600;

/**
 * A JSONL file of rejected rows: each as it came, with its reasons in the field `_rejected`. Once its rows are fixed it can be taken in
 * like any file; the field may stay, and tells which row in quarantine is settled by it. Made with the first row.
 */
export class RejectedFile {
  readonly path: string;
  #file: FileHandle | undefined;

  constructor(path: string) {
    this.path = path;
  }

  get written(): boolean {
    return this.#file !== undefined;
  }

  async write(rows: readonly RejectedLine[]): Promise<void> {
    if (rows.length === 0) return;
    this.#file ??= await open(this.path, 'w', READABLE_BY_OWNER);
    await this.#file.appendFile(rows.map((row) => `${lineOf(row)}\n`).join(''));
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

function lineOf({ line, raw, quarantineId, reasons }: RejectedLine): string {
  const why = { line, quarantineId, reasons: reasons.map(describeReason) };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const text = typeof raw === 'string' ? raw : jsonOf(raw);
    return JSON.stringify({ [REJECTION_FIELD]: { ...why, text: text.slice(0, MAX_TEXT_CHARACTERS) } });
  }
  const row = jsonOf(raw);
  const rest = row === '{}' ? '}' : `,${row.slice(1)}`;
  return `{${JSON.stringify(REJECTION_FIELD)}:${JSON.stringify(why)}${rest}`;
}

/** A row that is nested too deeply to be written keeps only its reasons. */
function jsonOf(raw: unknown): string {
  try {
    return JSON.stringify(raw);
  } catch (error) {
    if (error instanceof RangeError) return '{}';
    throw error;
  }
}

/** A row without the reasons that it was once rejected for, and the row in quarantine that it is meant to settle. */
export function splitRejection(raw: unknown): { readonly raw: unknown; readonly quarantineId?: string } {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, REJECTION_FIELD)) return { raw };
  const { [REJECTION_FIELD]: why, ...row } = raw as Readonly<Record<string, unknown>>;
  const id: unknown = typeof why === 'object' && why !== null && 'quarantineId' in why ? why.quarantineId : undefined;
  return isQuarantineId(id) ? { raw: row, quarantineId: id } : { raw: row };
}
