import type { Json } from '#libs/event-store/port';
import { canonicalJson } from '#libs/platform';

/** How much of a rejected row is kept, so that a hostile one can't grow the log. */
export interface KeptRowBounds {
  readonly maxRowCharacters: number;
  readonly maxRowDepth: number;
}

export const DEFAULT_KEPT_ROW_BOUNDS: KeptRowBounds = { maxRowCharacters: 65_536, maxRowDepth: 20 };

const NESTED = '(nested too deeply to be kept)';

/** A raw row as it is kept in quarantine, and the text that tells it apart from others. */
export interface KeptRow {
  readonly row: Json;
  readonly identity: string;
}

/** A row that is too long is kept as the beginning of its text, one that is too deep without what is nested in it. */
export function keepableRow(raw: unknown, bounds: KeptRowBounds = DEFAULT_KEPT_ROW_BOUNDS): KeptRow {
  const { maxRowCharacters, maxRowDepth } = bounds;
  if (typeof raw === 'string') return { row: cut(raw, maxRowCharacters), identity: raw };
  const identity = canonicalJson(isShallow(raw, maxRowDepth) ? raw : withoutNested(raw));
  if (identity.length > maxRowCharacters) return { row: cut(identity, maxRowCharacters), identity };
  return { row: JSON.parse(identity) as Json, identity };
}

const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

function withoutNested(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return NESTED;
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]): [string, unknown] => [
      name,
      typeof value === 'object' && value !== null ? NESTED : value,
    ]),
  );
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
