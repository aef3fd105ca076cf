import type { Json } from '#libs/event-store/port';
import { canonicalJson } from '#libs/platform';

/** How much of a rejected row is kept, so that a hostile one can't grow the log. */
export interface KeptRowBounds {
  readonly maxRowCharacters: number;
  readonly maxRowDepth: number;
}

export const DEFAULT_KEPT_ROW_BOUNDS: KeptRowBounds = { maxRowCharacters: 65_536, maxRowDepth: 20 };

/** A raw row as it is kept in quarantine, and the text that tells it apart from others. */
export interface KeptRow {
  readonly row: Json;
  readonly identity: string;
}

/** A row that is too deep or too long is kept as the beginning of its text. */
export function keepableRow(raw: unknown, bounds: KeptRowBounds = DEFAULT_KEPT_ROW_BOUNDS): KeptRow {
  const { maxRowCharacters, maxRowDepth } = bounds;
  if (typeof raw === 'string') {
    return { row: raw.slice(0, maxRowCharacters).toWellFormed(), identity: raw };
  }
  if (!isShallow(raw, maxRowDepth)) return { row: '(nested too deeply to be kept)', identity: 'too deep' };
  const identity = canonicalJson(raw);
  if (identity.length > maxRowCharacters) {
    return { row: `${identity.slice(0, maxRowCharacters).toWellFormed()}…`, identity };
  }
  const row = JSON.parse(identity) as Json;
  return { row, identity };
}

/** Looks level by level: a row that was nested to break recursion must not break this. */
function isShallow(value: unknown, maxDepth: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return true;
  }
  return false;
}
