import { existsSync, readFileSync } from 'node:fs';
import type { LogPoint } from '../port/index.ts';
import type { LogHead } from './head.ts';
import { LogDamagedError } from '../port/index.ts';
import { anchorFile, writeDurably } from './files.ts';

const WAY_OUT =
  'Run `khop verify` to see what is there, restore a backup with `khop restore`, or give up what is lost with `khop verify --keep-sound`.';

/** The head as it was put on the disk apart from the log; undefined when there is none yet. */
export function readAnchor(directory: string): LogPoint | undefined {
  const file = anchorFile(directory);
  if (!existsSync(file)) return undefined;
  const point = parsePoint(readFileSync(file, 'utf8'));
  if (point === undefined) throw new LogDamagedError(`${file} can't be read. ${WAY_OUT}`);
  return point;
}

export function writeAnchor(directory: string, point: LogPoint): void {
  writeDurably(anchorFile(directory), `${JSON.stringify(point)}\n`);
}

/** Why the log is not the one that was anchored, in words; undefined when it is. */
export function misfitOf(anchor: LogPoint, logId: string, head: LogHead): string | undefined {
  if (anchor.logId !== logId) return 'It is another log than the one that its anchor was written for.';
  const there = head.pointAt(anchor.position);
  if (there === undefined) {
    const end = head.position();
    return `It ends at position ${end}, but its anchor says that it reached ${anchor.position}: the events ${end + 1} to ${anchor.position} are lost.`;
  }
  if (there.hash !== anchor.hash) return `Its running hash at position ${anchor.position} is not the anchored one.`;
  return undefined;
}

/** Throws `LogDamagedError` when the log is shorter than its anchor or not the same. */
export function checkAnchor(anchor: LogPoint | undefined, directory: string, logId: string, head: LogHead): void {
  const misfit = anchor === undefined ? undefined : misfitOf(anchor, logId, head);
  if (misfit !== undefined) throw new LogDamagedError(`The log in ${directory} is damaged. ${misfit} ${WAY_OUT}`);
}

function parsePoint(text: string): LogPoint | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('logId' in value) || !('position' in value) || !('hash' in value)) return undefined;
    const { logId, position, hash } = value;
    if (typeof logId !== 'string' || typeof position !== 'number' || typeof hash !== 'string') return undefined;
    return { logId, position, hash };
  } catch {
    return undefined;
  }
}
