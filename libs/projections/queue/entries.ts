import type { ViewSnapshot, Row } from '../engine/index.ts';
import { dueAt, type DueSettings } from '#libs/domain/reconciliation';
import { dayOfTime, keyText, recordTypeAt, registryAt } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import { parseCorrections } from './item-store.ts';
import { CLEARED, SETTLED, WAITING } from './item.ts';
import type { QueueEntry } from './queue.query.ts';

/** The items of these numbers, in this order. */
export function entriesOf(
  view: ViewSnapshot,
  cache: CellCache,
  ids: readonly number[],
  at: { readonly now: number; readonly due?: DueSettings | undefined },
): readonly QueueEntry[] {
  const rows = ids.map((id) => view.get('SELECT * FROM items WHERE id = ?', id));
  return rows.filter((row) => row !== undefined).map((row) => entryOf(cache, row, at));
}

export function entryOf(
  { groups, kinds, wards }: CellCache,
  row: Row,
  { now, due }: { readonly now: number; readonly due?: DueSettings | undefined },
): QueueEntry {
  const group = groups[Number(row['grp'])];
  if (group === undefined) throw new Error('an item of the queue has no group');
  const openedAt = timeOrNull(row['opened_at']);
  const deadline = openedAt === null ? null : dueAt(openedAt, due);
  const { holder, lease_until: lease } = row;
  const rightType = row['right_type'];
  return {
    reconciliation: keyText(row['stream']),
    check: group.check,
    codes: group.codes,
    findings: kinds[Number(row['kind'])] ?? [],
    registry: group.registry,
    record: group.record,
    recordHash: keyText(row['left_key']),
    recordVersion: Number(row['left_version']),
    recordKey: String(row['record_key']),
    name: String(row['name']),
    counterpart:
      typeof rightType === 'number'
        ? {
            registry: registryAt(rightType),
            record: recordTypeAt(rightType),
            recordHash: keyText(row['right_key']),
            recordVersion: Number(row['right_version']),
          }
        : null,
    ward: wards[Number(row['ward'])] ?? null,
    state: stateOf(row['stage']),
    openedAt: timestamp(openedAt),
    closedAt: timestamp(timeOrNull(row['closed_at'])),
    dueAt: timestamp(deadline),
    overdue: deadline !== null && now >= deadline,
    ageDays: Math.max(0, dayOfTime(now) - dayOfTime(Number(row['at']))),
    claim:
      typeof holder === 'string' && typeof lease === 'number' && lease > now
        ? { holder, leaseUntil: new Date(lease).toISOString() }
        : null,
    corrections: parseCorrections(row['corrections']),
    decision: typeof row['decision'] === 'string' ? row['decision'] : null,
    verdictId: String(row['verdict_id']),
    streamVersion: Number(row['stream_version']),
  };
}

const timeOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const timestamp = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

function stateOf(stage: unknown): QueueEntry['state'] {
  if (stage === WAITING) return 'waiting-for-agency';
  if (stage === SETTLED) return 'settled';
  return stage === CLEARED ? 'cleared' : 'open';
}
