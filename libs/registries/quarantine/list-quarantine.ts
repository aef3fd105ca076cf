import { quarantineStream, RecordQuarantined } from '#contracts/events';
import type { EventStoreReader, Position } from '#libs/event-store/port';
import { START } from '#libs/event-store/port';
import type { QuarantineItem } from './quarantine-item.ts';
import { findQuarantined } from './quarantine-item.ts';

export interface QuarantineQuery {
  /** Position after which to look; from the page before. */
  readonly after?: Position;
  /** At most this many items; default 100. */
  readonly limit?: number;
  readonly registry?: string;
  readonly record?: string;
  /** Resolved items too; default false. */
  readonly includeResolved?: boolean;
}

export interface QuarantinePage {
  readonly items: readonly QuarantineItem[];
  /** Go on after this position. */
  readonly next: Position;
  readonly end: boolean;
}

const DEFAULT_LIMIT = 100;

/** Lists what is in quarantine, oldest first, straight from the log. */
export async function listQuarantine(store: EventStoreReader, query: QuarantineQuery = {}): Promise<QuarantinePage> {
  const limit = Math.max(1, query.limit ?? DEFAULT_LIMIT);
  const items: QuarantineItem[] = [];
  let next = query.after ?? START;
  for (;;) {
    const page = await store.readAll({ after: next, filter: { types: [RecordQuarantined.type] }, limit });
    for (const event of page.events) {
      next = event.position;
      const { registry, record } = event.data;
      if (query.registry !== undefined && registry !== query.registry) continue;
      if (query.record !== undefined && record !== query.record) continue;
      const item = await findQuarantined(store, event.stream.slice(quarantineStream('').length));
      // A row that came back after it was resolved has two such events: it is listed where it came in last.
      if (item === undefined || item.position !== event.position) continue;
      if (item.state === 'resolved' && query.includeResolved !== true) continue;
      items.push(item);
      if (items.length === limit) return { items, next, end: false };
    }
    next = page.position;
    if (page.end) return { items, next, end: true };
  }
}
