import type { FeedItem } from '#contracts/http';
import { CHECKS, CODES } from '#contracts/verdicts';
import { table } from '#libs/console';
import type { SourceCounts } from './parts/feeds.ts';
import {
  openViewReader,
  queueProjection,
  readHubStats,
  statsProjection,
  verdictsProjection,
  type CountedHub,
} from '#libs/projections';

/** Reads the views in a directory, as of a moment. Throws `ViewNotReadyError` where they are not there yet. */
export function readStatsIn(views: string, now: number): CountedHub {
  const readers = {
    stats: openViewReader(views, statsProjection),
    verdicts: openViewReader(views, verdictsProjection),
    queue: openViewReader(views, queueProjection),
  };
  try {
    return readHubStats(readers, now);
  } finally {
    for (const reader of Object.values(readers)) reader.close();
  }
}

const count = (value: number): string => value.toLocaleString('en');

/** The counts of the hub for a person: tables of records and of checks. */
export function describeHubStats({ log, records, verdicts, queue, quarantine, deadLetters }: CountedHub): string {
  const rows = Object.entries(records).flatMap(([registry, counts]) =>
    Object.entries(counts).map(([record, present]) => [registry, record, present] as const),
  );
  const checks = CHECKS.map((check) => {
    const { matched, mismatched, notApplicable } = verdicts[check];
    return [check, matched + mismatched + notApplicable, matched, mismatched, notApplicable] as const;
  });
  const codes = CODES.map((code) => [code, ...CHECKS.map((check) => verdicts[check].byCode[code] ?? 0)] as const);
  return [
    table(['registry', 'record', 'records'], rows),
    table(['check', 'checked', 'matched', 'mismatched', 'not applicable'], checks),
    table(['mismatches by code', ...CHECKS], codes),
    `Queue: ${count(queue.open)} open · ${Object.entries(queue.tabs)
      .filter(([tab]) => tab !== 'mine')
      .map(([tab, items]) => `${tab} ${count(items)}`)
      .join(' · ')}`,
    `Log: ${count(log.events)} events · in quarantine: ${count(quarantine)} · dead letters: ${count(deadLetters)}`,
  ].join('\n\n');
}

/** How following the registries goes; empty where none is followed. */
export function describeFeeds(feeds: readonly FeedItem[]): string {
  if (feeds.length === 0) return '';
  const rows = feeds.map(({ registry, record, phase, cursorAgeSeconds, attempts, lastFailureCode, counts }) => [
    registry,
    record,
    attempts > 0 ? `fails: ${lastFailureCode ?? 'unknown'}, tried ${count(attempts)} times` : phase,
    cursorAgeSeconds === null ? '' : `${count(Math.round(cursorAgeSeconds))} s ago`,
    counts === null ? '' : count(counts.source.records),
    counts === null ? '' : count(counts.hub.records),
    counts === null ? '' : count(counts.missing + counts.unconfirmed),
  ]);
  return table(['feed of', 'record', 'state', 'last change', 'at the source', 'in the hub', 'not arrived'], rows);
}

/** Whether everything that the registries count has arrived; a line for each record type that lacks something. */
export function describeSourceCounts(counts: SourceCounts): readonly string[] {
  const compared = Object.entries(counts);
  if (compared.length === 0) return [];
  const incomplete = compared.filter(([, { complete }]) => !complete);
  if (incomplete.length === 0) {
    const records = compared.reduce((sum, [, { source }]) => sum + source.records, 0);
    return [`The registries count ${count(records)} records, and every one of them has arrived.`];
  }
  return incomplete.map(
    ([record, { source, hub, missing, unconfirmed, withdrawalsMissing }]) =>
      `The registry counts ${count(source.records)} ${record} records, the hub has ${count(hub.records)}, of them ${count(hub.fromFeed.records)} by the feed, which has ${count(hub.fromFeed.quarantined)} in quarantine: ${count(missing)} records and ${count(withdrawalsMissing)} withdrawals are missing, ${count(unconfirmed)} more did not come by the feed.`,
  );
}
