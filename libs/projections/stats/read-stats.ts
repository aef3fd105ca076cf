import { forEachRegistry, REGISTRIES, type RecordType, type Registry } from '#contracts/records';
import type { ViewReader } from '../engine/index.ts';

/** One run of taking records in. */
export interface IntakeStats {
  readonly intakeId: string;
  readonly registry: string;
  readonly record: string;
  readonly source: string;
  /** RFC 3339; `finishedAt`, `outcome` and `counts` are null while it runs. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: string | null;
  readonly counts: Readonly<Record<string, number>> | null;
}

export interface Stats {
  readonly position: number;
  readonly events: number;
  readonly byType: Readonly<Record<string, number>>;
  /** Records that are there: not those that their source has withdrawn. */
  readonly records: Readonly<Record<Registry, Readonly<Partial<Record<RecordType, number>>>>>;
  readonly intakes: { readonly running: number; readonly finished: number };
  /** Rows that wait in quarantine. */
  readonly quarantine: number;
  /** Messages that a handler gave up on, and that nobody has retried or set aside. */
  readonly deadLetters: number;
}

export function readStats(reader: ViewReader): Stats {
  return reader.read((view) => {
    const types = view.all('SELECT type, events FROM event_types ORDER BY type');
    const present = new Map(
      view.all('SELECT record, present FROM records').map((row) => [String(row['record']), Number(row['present'])]),
    );
    const count = (sql: string): number => Number(view.get(sql)?.['n'] ?? 0);
    const ofRegistry = (records: readonly RecordType[]) =>
      Object.fromEntries(records.map((record) => [record, present.get(record) ?? 0]));
    return {
      position: view.position,
      events: types.reduce((sum, row) => sum + Number(row['events']), 0),
      byType: Object.fromEntries(types.map((row) => [String(row['type']), Number(row['events'])])),
      records: forEachRegistry((registry) => ofRegistry(REGISTRIES[registry])),
      intakes: {
        running: count('SELECT count(*) AS n FROM intakes WHERE finished_at IS NULL'),
        finished: count('SELECT count(*) AS n FROM intakes WHERE finished_at IS NOT NULL'),
      },
      quarantine: count('SELECT count(*) AS n FROM quarantined'),
      deadLetters: count('SELECT count(*) AS n FROM dead_messages'),
    };
  });
}

/** What the hub has of one record type: to be held against what its source counts. */
export interface RecordCounts {
  /** By key, the withdrawn ones among them. */
  readonly records: number;
  readonly withdrawn: number;
  /** Rows in quarantine that nobody has resolved. */
  readonly quarantined: number;
  /** What of it came by the feed. */
  readonly fromFeed: {
    /** Records whose first version did. */
    readonly records: number;
    /** Rows in quarantine, also those that were resolved. */
    readonly quarantined: number;
    /** Rows of finished catch-ups that neither were new records nor went into quarantine. */
    readonly confirming: number;
  };
}

export function readRecordCounts(reader: ViewReader, record: RecordType): RecordCounts {
  return reader.read((view) => {
    const count = (sql: string): number => Number(view.get(sql, record)?.['n'] ?? 0);
    const withdrawn = count('SELECT count(*) AS n FROM withdrawn WHERE record = ?');
    const fromFeed = count(`SELECT records AS n FROM origins WHERE record = ? AND source = 'feed'`);
    const read = count(`SELECT sum(counts ->> 'read' - counts ->> 'quarantined') AS n FROM intakes
      WHERE record = ? AND source = 'feed' AND outcome = 'completed'`);
    return {
      records: count('SELECT present AS n FROM records WHERE record = ?') + withdrawn,
      withdrawn,
      quarantined: count('SELECT count(*) AS n FROM quarantined WHERE record = ?'),
      fromFeed: {
        records: fromFeed,
        quarantined:
          count(`SELECT count(*) AS n FROM quarantined WHERE record = ? AND source = 'feed'`) +
          count('SELECT resolved AS n FROM feed_quarantine WHERE record = ?'),
        confirming: Math.max(0, read - fromFeed),
      },
    };
  });
}

/** The latest intakes, newest first. */
export function readIntakes(reader: ViewReader, limit: number): readonly IntakeStats[] {
  return reader.read((view) =>
    view.all('SELECT * FROM intakes ORDER BY started_at DESC, intake_id LIMIT ?', limit).map((row) => ({
      intakeId: String(row['intake_id']),
      registry: String(row['registry']),
      record: String(row['record']),
      source: String(row['source']),
      startedAt: String(row['started_at']),
      finishedAt: row['finished_at'] === null ? null : String(row['finished_at']),
      outcome: row['outcome'] === null ? null : String(row['outcome']),
      counts: row['counts'] === null ? null : (JSON.parse(String(row['counts'])) as Record<string, number>),
    })),
  );
}
