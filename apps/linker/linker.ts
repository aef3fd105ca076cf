import {
  AbsenceHeld,
  AbsenceReleased,
  IntakeFinished,
  IntakeStarted,
  RECORD_EVENT_TYPES,
  RulesActivated,
} from '#contracts/events';
import type { WorkItem } from '#contracts/work';
import type { EventStore, LogPoint, Page, RecordedEvent } from '#libs/event-store/port';
import type { Clock, KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { TracedSpan } from '#libs/telemetry';
import { Affected } from './affected.ts';
import { traceChange, traceReplay, traceUnfoldable, within } from './change-traces.ts';
import { foldChange, lookAhead, type RecordChange } from './fold.ts';
import type { LinkerIndex } from './linker-index.ts';
import { causeOf, recordChangesOf, versionsOf, type RecordChanges } from './record-changes.ts';
import { affectedByRejudging, holdAll, holdsAnything, releaseHeld } from './due-later.ts';
import { Pace } from './pace.ts';
import { tellPlaceholder, tellResumed, tellSuspended } from './told-events.ts';
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
  /**
   * When a record changes, so many of those who mention one of its identifiers are judged at once. Of a number that very many mention, the
   * others are held, and judged in slices when no intake runs.
   */
  readonly maxMentionsAtOnce: number;
  /** Records judged again in one slice after an activation of rules, or released after an intake. */
  readonly sliceRecords: number;
  /** Records judged again in a second after an activation of rules; 0 for as many as can be. */
  readonly rejudgeRecordsPerSecond: number;
  /** While there is more to fold, the index is committed only so often: its pages are written less often. */
  readonly pagesPerCommit: number;
}

export const DEFAULT_LINKER_SETTINGS: LinkerSettings = {
  absenceHoldMinutes: 60,
  maxNumberHolders: 20,
  maxPairsPerLikeness: 100,
  maxMentionsAtOnce: 1_000,
  sliceRecords: 500,
  rejudgeRecordsPerSecond: 0,
  pagesPerCommit: 20,
};

export interface LinkerDeps {
  readonly store: EventStore;
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly settings: LinkerSettings;
  /** Hash of the rules by which work items are to be judged; read anew each time, as `settings.maxNumberHolders` is. */
  readonly rulesHash: string;
  /** Told that other rules were activated, before anything is judged by them. */
  readonly onRulesActivated?: () => Promise<void>;
  /** Hands work items to the reconcilers and resolves when each is done or a dead letter. */
  readonly deliver: (items: readonly WorkItem[]) => Promise<void>;
}

/**
 * Follows the log, folds every change of a record into the index, and hands out what is to be judged because of it. The
 * index is committed only when the judgements are in the log, and not after each page: a crash in between makes the same
 * work items again, and `asOf` makes the repetition harmless.
 */
export class Linker {
  readonly #deps: LinkerDeps;
  readonly #pace: Pace;
  #uncommittedPages = 0;
  /** While changes are folded once more: what comes of them belongs to it, and not to the traces that they were part of. */
  #replay: TracedSpan | undefined;

  constructor(deps: LinkerDeps) {
    this.#deps = deps;
    this.#pace = new Pace(deps.settings.rejudgeRecordsPerSecond);
  }

  /**
   * Where the linker goes on. An index that rests on points that the log does not have, since the log was restored or is another, is
   * emptied, to be folded from the start.
   */
  async position(): Promise<number> {
    const { index } = this.#deps;
    if (!(await this.#fitsLog())) index.clear();
    const checkpoint = index.points.find('checkpoint');
    return checkpoint?.position ?? this.#fromTheStart();
  }

  async #fitsLog(): Promise<boolean> {
    const { index, store } = this.#deps;
    for (const { logId, position, hash } of index.points.all()) {
      const point = await store.pointAt(position);
      if (point?.logId !== logId || point.hash !== hash) return false;
    }
    return true;
  }

  /**
   * What is in the log already is folded to its end before anything is judged. Most of it has been judged before the index was
   * lost, but pages ended elsewhere then: how records stood to one another between two changes must not be judged now, if
   * it was not judged at the time.
   */
  async #fromTheStart(): Promise<number> {
    const { index, store } = this.#deps;
    const head = await store.pointAt();
    if (head !== undefined && index.points.find('judged') === undefined) index.points.set('holding', head);
    return 0;
  }

  /** Whether the log is being folded anew, up to where it had come when its index was lost. */
  #holdsAll(): boolean {
    const { points } = this.#deps.index;
    return points.position('checkpoint') < points.position('holding');
  }

  /** Folds one page and delivers what is due. Returns how many work items there were. */
  async handle(page: Page): Promise<number> {
    const items = await this.#handle(page);
    if (page.end) this.settle();
    return items;
  }

  /** Commits what has been folded. To be called where nothing more is to be expected soon. */
  settle(): void {
    this.#deps.index.commit();
    this.#uncommittedPages = 0;
  }

  async #handle(page: Page): Promise<number> {
    const { store } = this.#deps;
    const point = await store.pointAt(page.position);
    if (point === undefined) throw new Error(`the log has no position ${page.position}`);
    const changes = await recordChangesOf(this.#deps, page.events);
    const isJudged = page.position <= this.#deps.index.points.position('judged');
    const holdsAll = this.#holdsAll();
    this.#replay = isJudged || holdsAll ? traceReplay(page.events) : undefined;
    try {
      if (isJudged) return await this.#foldAgain(page.events, changes, point);
      return await this.#inTransaction(point, async (affected) => {
        await this.#fold(page.events, changes, affected);
        if (holdsAll) holdAll(this.#deps.index, affected);
      });
    } finally {
      this.#replay?.end();
      this.#replay = undefined;
    }
  }

  /**
   * What became due without a new event: absence that was held back until now, or a slice of the records that are to be
   * judged by new rules. Returns false when there is nothing of the kind.
   */
  async handleDueLater(): Promise<boolean> {
    const { index, settings, clock } = this.#deps;
    const checkpoint = index.points.find('checkpoint');
    if (checkpoint === undefined || this.#holdsAll()) return false;
    const intakeRuns = index.isIntakeRunning(clock() - settings.absenceHoldMinutes * 60_000);
    const releases = !intakeRuns && holdsAnything(index);
    const rejudges = index.due.rejudging() !== undefined && this.rejudgesIn() === 0;
    if (!releases && !rejudges) return false;
    await this.#inTransaction(checkpoint, async (affected) => {
      if (releases) releaseHeld(index, settings.sliceRecords, affected);
      if (rejudges) this.#pace.took(await affectedByRejudging(this.#deps, affected), clock());
    });
    return true;
  }

  /** Milliseconds until the next slice of what is to be judged by new rules is due; undefined when there is none. */
  rejudgesIn(): number | undefined {
    const { index, clock } = this.#deps;
    return index.due.rejudging() === undefined ? undefined : this.#pace.restMilliseconds(clock());
  }

  /** Folds what has been judged already: what was due then is not due again, and what was held is still held. */
  async #foldAgain(events: readonly RecordedEvent[], changes: RecordChanges, point: LogPoint): Promise<number> {
    const { index } = this.#deps;
    index.begin();
    try {
      index.due.keepingDue(true);
      await this.#fold(events, changes, new Affected());
      this.#folded(point);
    } catch (error) {
      index.rollback();
      throw error;
    } finally {
      index.due.keepingDue(false);
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
      this.#folded(point);
      return items.length;
    } catch (error) {
      index.rollback();
      throw error;
    }
  }

  #folded(point: LogPoint): void {
    this.#deps.index.mark(point);
    this.#uncommittedPages += 1;
    if (this.#uncommittedPages >= this.#deps.settings.pagesPerCommit) this.settle();
  }

  async #fold(events: readonly RecordedEvent[], changes: RecordChanges, affected: Affected): Promise<void> {
    const { index } = this.#deps;
    lookAhead(index, versionsOf(changes), affected);
    for (const event of events) {
      const change = changes.get(event.position);
      if (change === 'unreadable') await this.#suspend(event, 'unreadable');
      else if (change !== undefined) await this.#foldRecord(event, change, affected);
      else await this.#foldFrame(event, affected);
    }
    index.forgetIntakesBefore(this.#deps.clock() - this.#deps.settings.absenceHoldMinutes * 60_000);
  }

  async #foldFrame(event: RecordedEvent, affected: Affected): Promise<void> {
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
        await this.#deps.onRulesActivated?.();
        this.#rejudge(event, affected);
        break;
      default:
    }
  }

  #rejudge(event: RecordedEvent, affected: Affected): void {
    const { index } = this.#deps;
    const cause = JSON.stringify(within(this.#replay, causeOf(event)));
    if (this.#holdsAll()) {
      holdAll(index, affected);
      index.due.raiseHeld(event.position, cause);
    } else index.due.startRejudging(event.position, cause);
  }

  async #foldRecord(event: RecordedEvent, change: RecordChange, affected: Affected): Promise<void> {
    const { index, settings } = this.#deps;
    // An event may be folded within the page that also holds its record's next version: the index knows which was current.
    const current = event.position === change.id ? undefined : index.record(change.id);
    const previous = current === undefined ? undefined : (this.#deps.versions.peek(current) ?? change.previous);
    const span = this.#replay === undefined ? traceChange(event) : undefined;
    const cause = within(this.#replay ?? span, change.cause);
    let placeholders: readonly number[];
    try {
      placeholders = foldChange(index, { ...change, previous, cause }, settings, affected);
      span?.end();
    } catch (error) {
      await this.#suspend(event, error instanceof Error ? error.name : 'unknown');
      return;
    }
    if (index.isSuspended(event.stream)) {
      index.resume(event.stream);
      await tellResumed(this.#deps, event);
    }
    for (const key of placeholders) await tellPlaceholder(this.#deps, event, key, settings.maxNumberHolders);
  }

  async #suspend(event: RecordedEvent, reason: string): Promise<void> {
    traceUnfoldable(event, reason);
    this.#deps.index.suspend(event.stream, event.streamVersion);
    await tellSuspended(this.#deps, event, reason);
  }
}
