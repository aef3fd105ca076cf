import type { NewEvent } from '#libs/event-store/port';
import type { RecordDefinition } from '../definitions/index.ts';
import type { IntakeFrame } from './intake-deps.ts';
import type { StoredVersion, VersionDecision } from './record.decider.ts';
import type { IncomingRecord } from './version-events.ts';
import { decideVersion } from './record.decider.ts';
import { versionEvent } from './version-events.ts';

/** What the rows of one record come to, in their order, given the record's history. */
export interface VersionPlan {
  readonly events: readonly NewEvent[];
  /** One for each row. */
  readonly decisions: readonly VersionDecision[];
  /** The history as it is once the events are appended. */
  readonly historyAfter: readonly StoredVersion[];
}

export function planVersions(
  definition: RecordDefinition,
  frame: IntakeFrame,
  history: readonly StoredVersion[],
  rows: readonly IncomingRecord[],
  now: number,
): VersionPlan {
  const events: NewEvent[] = [];
  const historyAfter = [...history];
  const decisions = rows.map((row): VersionDecision => {
    const { contentHash, updatedAt, withdrawn } = row;
    const summary = {
      contentHash,
      ...(updatedAt === undefined ? {} : { updatedAt }),
      ...(row.cursor === undefined ? {} : { cursor: row.cursor }),
    };
    const decision = decideVersion(historyAfter, { ...summary, withdrawn });
    if (decision === 'unchanged' || decision === 'seen-before') return decision;
    const late = decision === 'late';
    events.push(versionEvent(definition, frame, row, { registered: decision === 'registered', late }, now));
    historyAfter.push({ ...summary, late });
    return decision;
  });
  return { events, decisions, historyAfter };
}
