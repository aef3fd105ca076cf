import type { RecordDefinition } from '../definitions/index.ts';
import { IntakeRun, type IntakeDeps, type IntakeProgress, type Row } from '../intake/index.ts';
import { persist, SourceRefusedError, type ChangePage, type SourceClient } from '../source/index.ts';
import { advanceFeed, FeedFollowedTwiceError, readFeedPlace } from './feed-cursor.ts';
import { rowsOf } from './feed-page.ts';
import { DEFAULT_FEED_SETTINGS, type FeedSettings } from './feed.settings.ts';
import { keepFeedStatus, type FeedStatus, type FeedTurn } from './feed-status.ts';

export interface FeedDeps extends IntakeDeps {
  readonly client: Pick<SourceClient, 'changes'>;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  /** Told when following begins to fail, and when it goes on; the status has the last failure. */
  readonly onTurn?: ((turn: FeedTurn) => void) | undefined;
  /** Told of each page what became of its changes. */
  readonly onTaken?: ((counts: IntakeProgress) => void) | undefined;
}

/** The change feed of one record type, opened and not yet followed. */
export interface Feed {
  status(): FeedStatus;
  /** The intake that is open for a catch-up, so that nobody takes it for abandoned. */
  openIntake(): string | undefined;
  /**
   * Takes in everything behind the last cursor, then whatever comes, until the signal is aborted. Never gives up: what fails is tried
   * again with growing pauses, and the status says so. A catch-up that `stop` interrupts leaves its intake open, so that absence
   * stays held back until someone has caught up.
   */
  follow(signal: AbortSignal): Promise<void>;
}

/** A page as it was asked for; the source may have lost the place, and is then read from its beginning. */
type Fetched =
  { readonly since: string | undefined; readonly page: ChangePage; readonly rows: readonly Row[] } | 'begin-anew';

/** How long opening a feed waits to be told how far behind it is. */
const LOOK_AHEAD_MILLISECONDS = 2000;

/**
 * Opens a feed. One that was never followed, or is more than a page behind, begins its intake here already: when several registries are
 * loaded at once, all feeds are to be opened before the first of them is followed, or what it mentions would seem to be absent.
 */
export async function openFeed(
  deps: FeedDeps,
  definition: RecordDefinition,
  settings: Partial<FeedSettings> = {},
): Promise<Feed> {
  const { client, store, clock } = deps;
  const { registry, record } = definition;
  const { pageSize, waitSeconds, backoff } = { ...DEFAULT_FEED_SETTINGS, ...settings };
  let place = await readFeedPlace(store, registry, record);
  const status = keepFeedStatus(registry, record, place, { clock, onTurn: deps.onTurn });
  let catchUp = (await isFarBehind()) ? await startRun(true) : undefined;

  async function isFarBehind(): Promise<boolean> {
    if (place.cursor === undefined) return true;
    const ahead = client.changes(
      record,
      { since: place.cursor, limit: 1 },
      AbortSignal.timeout(LOOK_AHEAD_MILLISECONDS),
    );
    // A source that can't be reached now says it with the first page: absence is not held back for it.
    return ahead.then(({ remaining = 0 }) => remaining >= pageSize).catch(() => false);
  }

  function startRun(framed: boolean): Promise<IntakeRun> {
    return IntakeRun.start(deps, { definition, source: { kind: 'feed' }, framed, actor: registry });
  }

  async function fetchPage(since: string | undefined, wait: number, signal: AbortSignal): Promise<Fetched> {
    try {
      const page = await client.changes(record, { since, limit: pageSize, waitSeconds: wait }, signal);
      return { since, page, rows: rowsOf(page, record, since) };
    } catch (error) {
      if (!(error instanceof SourceRefusedError) || error.status !== 410 || since === undefined) throw error;
      status.failed(error);
      return 'begin-anew';
    }
  }

  /** Appends a page and then its cursor. A catch-up has one frame around all its pages, a page of live changes has none. */
  async function take({ page, rows }: Exclude<Fetched, 'begin-anew'>): Promise<void> {
    if (page.more) catchUp ??= await startRun(true);
    const run = catchUp ?? (rows.length > 0 ? await startRun(false) : undefined);
    if (run === undefined) return;
    const before = run.progress;
    await run.take(rows);
    deps.onTaken?.(countedSince(before, run.progress));
    if (page.next !== undefined && page.next > (place.cursor ?? '')) {
      place = await advanceFeed(deps, definition, place, page.next, run.intakeId).catch(async (error: unknown) => {
        if (error instanceof FeedFollowedTwiceError) place = await readFeedPlace(store, registry, record);
        throw error;
      });
    }
    if (page.more) return;
    await run.finish('completed');
    await run.close();
    catchUp = undefined;
  }

  async function followUntil(signal: AbortSignal): Promise<never> {
    const onFailure = (error: unknown): void => status.failed(error);
    const attempt = <T>(work: () => Promise<T>): Promise<T> =>
      persist(work, { signal, backoff, random: deps.random, onFailure });
    const ask = (since: string | undefined, wait = 0): Promise<Fetched> => {
      const coming = attempt(() => fetchPage(since, wait, signal));
      // It is awaited when the page before is taken; until then a failure must not count as unhandled.
      coming.catch(() => undefined);
      return coming;
    };

    for (let coming = ask(place.cursor); ;) {
      const fetched = await coming;
      if (fetched === 'begin-anew') {
        catchUp ??= await attempt(() => startRun(true));
        place = { ...place, cursor: undefined };
        coming = ask(undefined);
        continue;
      }
      const { page, rows } = fetched;
      if (page.more) coming = ask(page.next);
      await attempt(() => take(fetched));
      status.pageTaken(place.cursor, rows.length, page.remaining, !page.more);
      if (!page.more) coming = ask(place.cursor, waitSeconds);
    }
  }

  return {
    status: () => status.current(),
    openIntake: () => catchUp?.intakeId,
    async follow(signal) {
      try {
        await followUntil(signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        status.stopped();
      }
    },
  };
}

const countedSince = (before: IntakeProgress, now: IntakeProgress): IntakeProgress => ({
  read: now.read - before.read,
  taken: now.taken - before.taken,
  quarantined: now.quarantined - before.quarantined,
});
