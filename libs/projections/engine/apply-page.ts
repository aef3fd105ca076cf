import type { EventStoreReader, LogPoint, Page, RecordedEvent } from '#libs/event-store/port';
import { tracing } from '#libs/telemetry';
import { traceFailedFolds, traceFolds } from './fold-traces.ts';
import type { Member } from './members.ts';
import { yieldToOthers } from './pause.ts';
import { loadReferences } from './references.ts';

const LARGE_PAGE_EVENTS = 200;

/** Gives each view its events of one page. What failed is told, and does not stop the others. */
export async function applyPage(
  store: EventStoreReader,
  group: readonly Member[],
  page: Page,
  point: LogPoint,
): Promise<Map<Member, unknown>> {
  const failures = new Map<Member, unknown>();
  const shares = shareOut(group, page.events);
  for (const member of group) {
    const events = shares.get(member) ?? page.events;
    const began = performance.now();
    const startedAt = tracing().now();
    try {
      const loaded = await loadReferences(store, member.view.projection, events);
      member.view.apply(events, loaded, point);
      member.events += events.length;
      traceFolds(member, events, startedAt);
      member.busyMilliseconds += performance.now() - began;
      member.lastRecordedAt = page.events.at(-1)?.recordedAt ?? member.lastRecordedAt;
    } catch (error) {
      traceFailedFolds(member, events, error);
      failures.set(member, error);
    }
    if (page.events.length > LARGE_PAGE_EVENTS) await yieldToOthers();
  }
  return failures;
}

/** The events of each view that does not take all of them, in one pass. */
function shareOut(group: readonly Member[], events: readonly RecordedEvent[]): Map<Member, RecordedEvent[]> {
  const shares = new Map<Member, RecordedEvent[]>();
  const routes = new Map<string, RecordedEvent[][]>();
  for (const member of group) {
    const { types } = member.view.projection;
    if (types === undefined) continue;
    const share: RecordedEvent[] = [];
    shares.set(member, share);
    for (const type of types) {
      const route = routes.get(type);
      if (route === undefined) routes.set(type, [share]);
      else route.push(share);
    }
  }
  if (routes.size === 0) return shares;
  for (const event of events) {
    const route = routes.get(event.type);
    if (route !== undefined) for (const share of route) share.push(event);
  }
  return shares;
}
