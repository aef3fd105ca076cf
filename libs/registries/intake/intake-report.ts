import type { IntakeCounts, QuarantineReason } from '#contracts/events';
import { UnknownFieldCounter } from '../validation/index.ts';
import type { RowOutcome } from './append-versions.ts';

/** Rows that were rejected for one reason. */
export interface RejectionCount {
  readonly field: string;
  readonly code: string;
  readonly count: number;
  /** The first of their lines. */
  readonly lines: readonly number[];
}

/** A rejected row, by line. The row itself is in quarantine and in the file of rejected rows. */
export interface Rejection {
  readonly line: number;
  readonly quarantineId: string;
  readonly reasons: readonly QuarantineReason[];
}

/** What an intake did. `read` = `taken` + `unchanged` + `seenBefore` + `quarantined`; `late` is part of `taken`. */
export interface IntakeReport {
  readonly intakeId: string;
  readonly registry: string;
  readonly record: string;
  readonly dryRun: boolean;
  readonly read: number;
  readonly taken: number;
  readonly registered: number;
  readonly amended: number;
  readonly withdrawn: number;
  /** Older versions that came late: kept in the history, not current. */
  readonly late: number;
  readonly unchanged: number;
  readonly seenBefore: number;
  readonly quarantined: number;
  /** Every reason with its count, most frequent first. */
  readonly rejectionsByReason: readonly RejectionCount[];
  /** The first rejected rows. */
  readonly rejections: readonly Rejection[];
  /** Where the rejected rows were written to be fixed. */
  readonly rejectedFile?: string;
  /** Fields that are not of the record's format, with how often they came. */
  readonly unknownFields: ReadonlyMap<string, number>;
  /** Of a snapshot: records that the hub has and the file has not. */
  readonly vanished?: { readonly count: number; readonly file?: string };
  readonly seconds: number;
  readonly recordsPerSecond: number;
}

/** How far an intake has come. */
export interface IntakeProgress {
  readonly read: number;
  readonly taken: number;
  readonly quarantined: number;
}

export interface ReportBounds {
  readonly maxRejectionsListed: number;
  readonly maxLinesPerReason: number;
}

export const DEFAULT_REPORT_BOUNDS: ReportBounds = { maxRejectionsListed: 1_000, maxLinesPerReason: 20 };

type Tally = Record<Exclude<RowOutcome, 'too-large'>, number>;

/** Counts what becomes of rows, in bounded memory. */
export class IntakeTally {
  readonly unknownFields = new UnknownFieldCounter();
  readonly #outcomes: Tally = {
    registered: 0,
    amended: 0,
    withdrawn: 0,
    late: 0,
    unchanged: 0,
    'seen-before': 0,
  };
  readonly #byReason = new Map<string, { field: string; code: string; count: number; lines: number[] }>();
  readonly #rejections: Rejection[] = [];
  readonly #bounds: ReportBounds;
  #quarantined = 0;

  constructor(bounds: ReportBounds = DEFAULT_REPORT_BOUNDS) {
    this.#bounds = bounds;
  }

  took(outcome: Exclude<RowOutcome, 'too-large'>): void {
    this.#outcomes[outcome] += 1;
  }

  rejected(rejection: Rejection): void {
    this.#quarantined += 1;
    if (this.#rejections.length < this.#bounds.maxRejectionsListed) this.#rejections.push(rejection);
    for (const { field, code } of rejection.reasons) {
      // Places in lists are left out: a hostile list must not make a reason of each of its elements.
      const name = field.replace(/\.[0-9]+(?=\.|$)/g, '');
      const key = `${name} ${code}`;
      const entry = this.#byReason.get(key) ?? { field: name, code, count: 0, lines: [] };
      entry.count += 1;
      if (entry.lines.length < this.#bounds.maxLinesPerReason && entry.lines.at(-1) !== rejection.line) {
        entry.lines.push(rejection.line);
      }
      this.#byReason.set(key, entry);
    }
  }

  get progress(): IntakeProgress {
    const { taken, read, quarantined } = this.counts;
    return { read, taken, quarantined };
  }

  get counts(): IntakeCounts {
    const { registered, amended, withdrawn, late, unchanged, 'seen-before': seenBefore } = this.#outcomes;
    const taken = registered + amended + withdrawn + late;
    const quarantined = this.#quarantined;
    return { read: taken + unchanged + seenBefore + quarantined, taken, unchanged, seenBefore, late, quarantined };
  }

  report(): Omit<
    IntakeReport,
    'intakeId' | 'registry' | 'record' | 'dryRun' | 'seconds' | 'recordsPerSecond' | 'rejectedFile' | 'vanished'
  > {
    const { registered, amended, withdrawn } = this.#outcomes;
    return {
      ...this.counts,
      registered,
      amended,
      withdrawn,
      rejectionsByReason: [...this.#byReason.values()].sort((a, b) => b.count - a.count),
      rejections: this.#rejections,
      unknownFields: this.unknownFields.counts,
    };
  }
}
