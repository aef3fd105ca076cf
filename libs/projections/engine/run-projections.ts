import type { EventStoreReader, Page, Position, ReadAllOptions } from '#libs/event-store/port';
import { applyPage } from './apply-page.ts';
import { describeError } from './failures.ts';
import {
  buildBeside,
  groupByPosition,
  lowestPosition,
  openMembers,
  swapIn,
  type Member,
  type ViewProblem,
} from './members.ts';
import { pause } from './pause.ts';
import { retryStream, setAsideEvent, type RepairOutcome } from './repair.ts';
import type { Projection } from './projection.ts';
import { readSetAside, type SetAside } from './set-aside.ts';
import { settingsOf, type ProjectionSettings } from './settings.ts';
import { statusOf, type ViewStatus } from './status.ts';
import { openWaiters } from './waiters.ts';

export interface RunProjectionsOptions extends ProjectionSettings {
  readonly store: EventStoreReader;
  /** Where the views' files are; created when missing. */
  readonly directory: string;
  readonly projections: readonly Projection[];
  readonly signal?: AbortSignal;
  /** Writes into the log what is set aside, so that it is left out of views that are built anew; without it, only this file knows. */
  readonly journal?: (decision: SetAside) => Promise<void>;
  /** Told of what went wrong; the engine tries again by itself. */
  readonly onProblem?: (view: string, problem: ViewProblem) => void;
}

/** Projections that are being kept up to date with the log. */
export interface RunningProjections {
  /** Resolves with true once every view has what is in the log up to here; with false when the time is over. */
  caughtUpTo(position: Position, timeoutMilliseconds: number): Promise<boolean>;
  status(): Promise<readonly ViewStatus[]>;
  /** Builds a view anew beside the live one; it is swapped in when it has caught up. Resolves then. */
  rebuild(name: string): Promise<void>;
  /** Folds the dead letters of a stream again, and then what waits behind them. */
  retryDeadLetters(view: string, stream: string): Promise<RepairOutcome>;
  /** Leaves an event out for good, and folds what waits behind it. */
  setAsideDeadLetter(
    view: string,
    event: { stream: string; streamVersion: number },
    reason: string,
  ): Promise<RepairOutcome>;
  /** Stops after the batch at hand. */
  close(): Promise<void>;
}

/**
 * Keeps views up to date with the log, until it is closed or the signal is aborted. The log is read once for all views that stand at
 * the same position; one that lags behind catches up by itself and joins them. Meant for a thread of its own, or shared
 * with others: it yields between batches.
 */
export async function runProjections(options: RunProjectionsOptions): Promise<RunningProjections> {
  const { store, directory } = options;
  const settings = settingsOf(options);
  const setAside = await readSetAside(store);
  const memberOptions = { directory, setAside, ...settings };
  let members = await openMembers(store, options.projections, memberOptions);
  const stop = new AbortController();
  const stopped = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const waiters = openWaiters((position) => inService().every(({ view }) => view.position >= position));
  const rebuilt = new Map<Member, () => void>();
  let changed = new AbortController();

  const isOver = (): boolean => stopped.aborted;

  function membersChanged(): void {
    changed.abort();
    changed = new AbortController();
  }

  /** The view of each name that readers have, or are to have first. */
  function inService(): readonly Member[] {
    const isLiveName = (name: string) => members.some(({ live, view }) => live && view.projection.name === name);
    return members.filter(({ live, view }) => live || !isLiveName(view.projection.name));
  }

  function failed(member: Member, error: unknown): void {
    const { attempts, since } = member.problem ?? { attempts: 0, since: settings.clock() };
    const delay = Math.min(settings.maxRetryMilliseconds, settings.retryMilliseconds * 2 ** Math.min(attempts, 20));
    member.retryAt = performance.now() + delay;
    member.problem = { ...describeError(error), since, attempts: attempts + 1 };
    options.onProblem?.(member.view.projection.name, member.problem);
  }

  /** One page for views at one position; those that fail stay where they are and are tried again later. */
  async function take(group: readonly Member[], page: Page): Promise<boolean> {
    const point = await store.pointAt(page.position);
    if (point === undefined) throw new Error('The log has no point at a position that it has just given.');
    const failures = await applyPage(store, group, page, point);
    for (const [member, error] of failures) failed(member, error);
    for (const member of group) {
      if (failures.has(member)) continue;
      member.problem = undefined;
      if (page.end && !member.live) becomeLive(member);
    }
    waiters.look();
    return failures.size === 0;
  }

  function becomeLive(member: Member): void {
    const { name } = member.view.projection;
    const replaced = members.filter((other) => other !== member && other.view.projection.name === name);
    for (const { view } of replaced) view.close();
    members = members.filter((other) => !replaced.includes(other));
    swapIn(member, directory);
    rebuilt.get(member)?.();
    rebuilt.delete(member);
    if (replaced.length > 0) membersChanged();
  }

  /** Reads on for all, as long as they stay together. */
  async function follow(group: readonly Member[]): Promise<void> {
    const signal = AbortSignal.any([stopped, changed.signal]);
    const after = group[0]?.view.position ?? 0;
    const subscription = store.subscribe({ after, limit: settings.batchEvents, signal, ...shareOf(group) });
    for await (const item of subscription) {
      if (item.kind === 'caught-up') {
        await take(group, { events: [], position: item.position, end: true });
      } else {
        if (!(await take(group, item.page))) return;
        if (item.page.end && !waiters.waiting) await pause(gatherMilliseconds(item.page), signal);
      }
      if (signal.aborted) return;
    }
  }

  /** While much comes in, larger batches cost less: what comes in the meantime goes into the next. */
  function gatherMilliseconds({ events }: Page): number {
    const { gatherEvents, maxGatherMilliseconds } = settings;
    return events.length < gatherEvents ? 0 : Math.min(maxGatherMilliseconds, events.length / 5);
  }

  /** One page for each group, so that the live ones stay live while others catch up. */
  async function bringTogether(groups: readonly (readonly Member[])[]): Promise<void> {
    let bound: Position | undefined;
    for (const group of groups) {
      const after = group[0]?.view.position ?? 0;
      const page = await store.readAll({ after, limit: settings.batchEvents, ...shareOf(group) });
      const upTo = bound;
      bound = after;
      if (upTo !== undefined && page.position > upTo) {
        const events = page.events.filter(({ position }) => position <= upTo);
        await take(group, { events, position: upTo, end: false });
      } else if (page.position > after || page.end) await take(group, page);
      if (isOver()) return;
    }
  }

  async function step(): Promise<void> {
    const due = performance.now();
    const ready = members.filter(({ retryAt }) => retryAt <= due);
    const groups = groupByPosition(ready);
    const [first] = groups;
    if (first === undefined) return pause(settings.retryMilliseconds, stopped);
    if (groups.length === 1 && ready.length === members.length) return follow(first);
    const from = lowestPosition(ready);
    await bringTogether(groups);
    if (lowestPosition(ready) === from) await pause(settings.retryMilliseconds, stopped);
  }

  async function run(): Promise<void> {
    while (!isOver()) {
      try {
        await step();
      } catch (error) {
        if (isOver()) return;
        for (const member of members) failed(member, error);
        await pause(settings.retryMilliseconds, stopped);
      }
    }
  }

  const running = run();
  stopped.addEventListener('abort', () => waiters.end());

  function memberOf(name: string): Member {
    const member =
      members.find(({ view, live }) => live && view.projection.name === name) ??
      members.find(({ view }) => view.projection.name === name);
    if (member === undefined) throw new RangeError(`There is no view ${name}.`);
    return member;
  }

  return {
    caughtUpTo: (position, timeoutMilliseconds) => waiters.until(position, timeoutMilliseconds),
    async status() {
      const head = await store.head();
      return members.map((member) => statusOf(member, head, settings.clock()));
    },
    rebuild(name) {
      const beside = buildBeside(memberOf(name), memberOptions);
      members = [...members, beside];
      return new Promise((resolve) => {
        rebuilt.set(beside, resolve);
        membersChanged();
      });
    },
    retryDeadLetters: (view, stream) => retryStream(store, memberOf(view).view, stream, settings.clock),
    setAsideDeadLetter: (view, event, reason) =>
      setAsideEvent(store, memberOf(view).view, event, reason, {
        clock: settings.clock,
        async journal(decision) {
          await options.journal?.(decision);
          setAside.add(decision);
        },
      }),
    async close() {
      stop.abort();
      await running;
      waiters.end();
      for (const { view } of members) view.close();
      members = [];
    },
  };
}

/** What a group takes of the log; without a filter when one of them takes everything. */
function shareOf(group: readonly Member[]): Pick<ReadAllOptions, 'filter' | 'personalOf'> {
  const personalOf = group.flatMap(({ view }) => view.projection.personalOf ?? []);
  const types = new Set<string>();
  for (const { view } of group) {
    if (view.projection.types === undefined) return { personalOf };
    for (const type of view.projection.types) types.add(type);
  }
  return { filter: { types: [...types] }, personalOf };
}
