import {
  AbsenceHeld,
  AbsenceReleased,
  IntakeFinished,
  IntakeStarted,
  RECORD_EVENT_TYPES,
  RecordResumed,
  RecordSuspended,
  RulesActivated,
  PlaceholderNumberFound,
  recordTypeOfStream,
  type RecordVersion,
} from '#contracts/events';
import type { VersionRef } from '#contracts/verdicts';
import type { Cause, WorkItem } from '#contracts/work';
import type { EventStore, LogPoint, NewEvent, Page, RecordedEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import { Affected } from './affected.ts';
import { foldChange, type RecordChange } from './fold.ts';
import type { LinkerIndex } from './linker-index.ts';
import { affectedByRejudging, releaseHeld } from './due-later.ts';
import { workItemsOf } from './work-items.ts';

/** What the linker reads of the log. */
export const LINKER_EVENT_TYPES: readonly string[] = [
  ...RECORD_EVENT_TYPES,
  IntakeStarted.type,
  IntakeFinished.type,
  AbsenceHeld.type,
  AbsenceReleased.type,
  RulesActivated.type,
];

export interface LinkerSettings {
  /** Absence is held back for an intake that began at most so long ago. */
  readonly absenceHoldMinutes: number;
  /** More holders of one 9-digit number than this make it a placeholder. */
  readonly maxNumberHolders: number;
  readonly maxPairsPerLikeness: number;
  /** Records judged again in one slice after an activation of rules, or released after an intake. */
  readonly sliceRecords: number;
}

export const DEFAULT_LINKER_SETTINGS: LinkerSettings = {
  absenceHoldMinutes: 60,
  maxNumberHolders: 20,
  maxPairsPerLikeness: 100,
  sliceRecords: 500,
};

export interface LinkerDeps {
  readonly store: EventStore;
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly settings: LinkerSettings;
  /** Hash of the rules by which work items are to be judged. */
  readonly rulesHash: string;
  /** Hands work items to the reconcilers and resolves when each is done or a dead letter. */
  readonly deliver: (items: readonly WorkItem[]) => Promise<void>;
}

/**
 * Follows the log, folds every change of a record into the index, and hands out what is to be judged because of it. The
 * index is committed only when the judgements are in the log: a crash in between makes the same work items again, and
 * `asOf` makes the repetition harmless.
 */
export class Linker {
  readonly #deps: LinkerDeps;

  constructor(deps: LinkerDeps) {
    this.#deps = deps;
  }

  /** Where the linker goes on; an index that does not fit the log is emptied, to be folded from the start. */
  async position(): Promise<number> {
    const { index, store } = this.#deps;
    const checkpoint = index.checkpoint();
    if (checkpoint === undefined) return 0;
    const point = await store.pointAt(checkpoint.position);
    if (point?.logId === checkpoint.logId && point.hash === checkpoint.hash) return checkpoint.position;
    index.clear();
    return 0;
  }

  /** Folds one page, delivers what is due, commits. Returns how many work items there were. */
  async handle(page: Page): Promise<number> {
    const { store } = this.#deps;
    const point = await store.pointAt(page.position);
    if (point === undefined) throw new Error(`the log has no position ${page.position}`);
    const changes = await this.#changesOf(page.events);
    if (page.position <= this.#deps.index.judgedUpTo()) return this.#foldAgain(page.events, changes, point);
    return this.#inTransaction(point, (affected) => this.#fold(page.events, changes, affected));
  }

  /**
   * What became due without a new event: absence that was held back until now, or a slice of the records that are to be
   * judged by new rules. Returns false when there is nothing of the kind.
   */
  async handleDueLater(): Promise<boolean> {
    const { index, settings, clock } = this.#deps;
    const checkpoint = index.checkpoint();
    if (checkpoint === undefined) return false;
    const intakeRuns = index.isIntakeRunning(clock() - settings.absenceHoldMinutes * 60_000);
    const due = (!intakeRuns && index.heldItems(1).length > 0) || index.rejudging() !== undefined;
    if (!due) return false;
    await this.#inTransaction(checkpoint, async (affected) => {
      if (!intakeRuns) releaseHeld(index, settings.sliceRecords, affected);
      await affectedByRejudging(this.#deps, affected);
    });
    return true;
  }

  /** Folds what has been judged already: what was due then is not due again, and what was held is still held. */
  async #foldAgain(
    events: readonly RecordedEvent[],
    changes: ReadonlyMap<number, RecordChange | 'unreadable'>,
    point: LogPoint,
  ): Promise<number> {
    const { index } = this.#deps;
    index.begin();
    try {
      index.keepingDue(true);
      await this.#fold(events, changes, new Affected());
      index.commit(point);
    } catch (error) {
      index.rollback();
      throw error;
    } finally {
      index.keepingDue(false);
    }
    return 0;
  }

  async #inTransaction(point: LogPoint, fold: (affected: Affected) => Promise<void> | void): Promise<number> {
    const { index, deliver } = this.#deps;
    index.begin();
    try {
      const affected = new Affected();
      await fold(affected);
      const items = await workItemsOf(this.#deps, affected);
      if (items.length > 0) await deliver(items);
      index.commit(point);
      return items.length;
    } catch (error) {
      index.rollback();
      throw error;
    }
  }

  async #fold(
    events: readonly RecordedEvent[],
    changes: ReadonlyMap<number, RecordChange | 'unreadable'>,
    affected: Affected,
  ): Promise<void> {
    const { index } = this.#deps;
    for (const event of events) {
      const change = changes.get(event.position);
      if (change === 'unreadable') await this.#suspend(event, 'unreadable');
      else if (change !== undefined) await this.#foldRecord(event, change, affected);
      else this.#foldFrame(event);
    }
    index.forgetIntakesBefore(this.#deps.clock() - this.#deps.settings.absenceHoldMinutes * 60_000);
  }

  #foldFrame(event: RecordedEvent): void {
    const { index } = this.#deps;
    switch (event.type) {
      case IntakeStarted.type:
      case AbsenceHeld.type:
        index.startIntake(event.stream, Date.parse(event.recordedAt));
        break;
      case IntakeFinished.type:
      case AbsenceReleased.type:
        index.finishIntake(event.stream);
        break;
      case RulesActivated.type:
        index.startRejudging(event.position, JSON.stringify(causeOf(event)));
        break;
      default:
    }
  }

  async #foldRecord(event: RecordedEvent, change: RecordChange, affected: Affected): Promise<void> {
    const { index, settings } = this.#deps;
    // An event may be folded within the page that also holds its record's next version: the index knows which was current.
    const current = index.record(change.id);
    const previous = current === undefined ? undefined : (this.#deps.versions.peek(current) ?? change.previous);
    let placeholders: readonly number[];
    try {
      placeholders = foldChange(index, { ...change, previous }, settings, affected);
    } catch (error) {
      await this.#suspend(event, error instanceof Error ? error.name : 'unknown');
      return;
    }
    if (index.isSuspended(event.stream)) {
      index.resume(event.stream);
      await this.#append(`suspension-${derivedId(event.stream)}`, [
        this.#derived(event, RecordResumed.type, { stream: event.stream, version: event.streamVersion }),
      ]);
    }
    for (const key of placeholders) {
      await this.#append(`placeholder-${this.#deps.hash('placeholder', String(key))}`, [
        this.#derived(event, PlaceholderNumberFound.type, { moreThan: settings.maxNumberHolders }),
      ]);
    }
  }

  async #suspend(event: RecordedEvent, reason: string): Promise<void> {
    this.#deps.index.suspend(event.stream, event.streamVersion);
    await this.#append(`suspension-${derivedId(event.stream)}`, [
      this.#derived(event, RecordSuspended.type, { stream: event.stream, version: event.streamVersion, reason }),
    ]);
  }

  #derived(event: RecordedEvent, type: string, data: NewEvent['data']): NewEvent {
    return {
      id: derivedId(event.id, type),
      type,
      schemaVersion: 1,
      occurredAt: toTimestamp(this.#deps.clock()),
      correlationId: event.correlationId,
      causationId: event.id,
      traceparent: event.traceparent,
      actor: 'linker',
      data,
    };
  }

  /** The id tells a repetition; whether it was there already makes no difference. */
  async #append(stream: string, events: readonly NewEvent[]): Promise<void> {
    const { store } = this.#deps;
    const known = await store.readStream(stream, { direction: 'backwards', limit: 100 });
    const fresh = events.filter((event) => !known.some((other) => other.id === event.id));
    if (fresh.length > 0) await store.append([{ stream, expected: 'any', events: fresh }]);
  }

  /** The record changes of a page, with the version that each follows, read ahead in two look-ups. */
  async #changesOf(events: readonly RecordedEvent[]): Promise<ReadonlyMap<number, RecordChange | 'unreadable'>> {
    const { store, index, versions } = this.#deps;
    const changes = new Map<number, RecordChange | 'unreadable'>();
    const next = new Map<number, RecordVersion>();
    const ids = new Map<string, number>();
    for (const event of events) {
      if (recordTypeOfStream(event.stream) === undefined) continue;
      if (event.streamVersion === 0) ids.set(event.stream, event.position);
      try {
        const version = versions.remember(event);
        if (!version.late) next.set(event.position, version);
      } catch {
        changes.set(event.position, 'unreadable');
      }
    }
    const older = [...new Set([...next.values()].map(({ stream }) => stream))].filter((stream) => !ids.has(stream));
    if (older.length > 0) {
      for (const first of await store.readVersions(older.map((stream) => ({ stream, version: 0 })))) {
        if (first !== undefined) ids.set(first.stream, first.position);
      }
    }
    const current: VersionRef[] = older.flatMap((stream) => index.record(ids.get(stream) ?? -1) ?? []);
    const load = await versions.load(current);
    const previous = new Map(current.map((ref) => [ref.stream, load(ref)]));
    for (const event of events) {
      const version = next.get(event.position);
      const id = ids.get(event.stream);
      if (version === undefined || id === undefined) continue;
      changes.set(event.position, {
        id,
        position: event.position,
        cause: causeOf(event),
        next: version,
        previous: previous.get(event.stream),
      });
      previous.set(event.stream, version);
    }
    return changes;
  }
}

export function causeOf(event: RecordedEvent): Cause {
  return { eventId: event.id, correlationId: event.correlationId, traceparent: event.traceparent };
}
