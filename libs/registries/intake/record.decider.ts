import type { Moment } from '../validation/index.ts';
import { compareMoments } from '../validation/index.ts';

/** What orders a version of a record among the others. */
export interface VersionSummary {
  readonly contentHash: string;
  /** The source's own time of change; absent for an undated version. */
  readonly updatedAt?: Moment;
  /** Place in the change feed that it came by; absent for a version from a file. Ordered as text. */
  readonly cursor?: string;
}

/** A version as the stream has it. */
export interface StoredVersion extends VersionSummary {
  /** It was older than the current one when it came. */
  readonly late: boolean;
}

export interface IncomingVersion extends VersionSummary {
  readonly withdrawn: boolean;
}

/**
 * What becomes of an incoming version: it is the record's new current one (`registered`, `amended`, `withdrawn`), an older one
 * that is kept in the history (`late`), the current one once more (`unchanged`), or one that the record has had (`seen-before`).
 */
export type VersionDecision = 'registered' | 'amended' | 'withdrawn' | 'late' | 'unchanged' | 'seen-before';

/**
 * Decides by the rule of `record-formats`, "updatedAt": versions are ordered as moments, equal moments by content hash (the larger
 * wins), a dated version beats an undated one, undated versions of a feed by its cursor, of files by arrival.
 * `history`: the record's versions in the order in which they came.
 */
export function decideVersion(history: readonly StoredVersion[], incoming: IncomingVersion): VersionDecision {
  const current = history.findLast((version) => !version.late);
  if (current?.contentHash === incoming.contentHash) return 'unchanged';
  if (history.some((version) => isSame(version, incoming))) return 'seen-before';
  if (current !== undefined && isOlder(incoming, current, history)) return 'late';
  if (incoming.withdrawn) return 'withdrawn';
  return current === undefined ? 'registered' : 'amended';
}

/**
 * The moment is part of the content, so an equal content is the same version. Only a feed may bring an undated content back: a source
 * that undid a change says so at another place of its feed.
 */
function isSame(version: StoredVersion, incoming: IncomingVersion): boolean {
  if (version.contentHash !== incoming.contentHash) return false;
  return incoming.updatedAt !== undefined || incoming.cursor === undefined || incoming.cursor === version.cursor;
}

function isOlder(incoming: IncomingVersion, current: StoredVersion, history: readonly StoredVersion[]): boolean {
  if (incoming.updatedAt !== undefined) {
    if (current.updatedAt === undefined) return false;
    const order = compareMoments(incoming.updatedAt, current.updatedAt);
    return order === 0 ? incoming.contentHash < current.contentHash : order < 0;
  }
  if (current.updatedAt !== undefined) return true;
  const { cursor } = incoming;
  return cursor !== undefined && history.some((version) => isFurtherOn(version, cursor));
}

const isFurtherOn = (version: StoredVersion, cursor: string): boolean =>
  version.updatedAt === undefined && version.cursor !== undefined && version.cursor > cursor;
