import type {
  Append,
  AppendResult,
  EventStore,
  LogPoint,
  Page,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionItem,
  VersionPlace,
} from '../port/index.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';
import type { ConnectionKeeper } from './connection-keeper.ts';
import type { LogWatcher } from './log-watcher.ts';
import type { Settings, SqliteEventStoreOptions } from './settings.ts';
import type { LogWriter } from './writer.ts';
import { EventStoreUnavailableError } from '../port/index.ts';
import { follow } from '../common/index.ts';
import { openAnchorKeeper } from './anchor-keeper.ts';
import { openKeeper } from './connection-keeper.ts';
import { encodeAppend } from './event.codec.ts';
import { openWatcher } from './log-watcher.ts';
import { settingsOf } from './settings.ts';
import { openWriter } from './writer.ts';

/**
 * The log in one SQLite file, for one machine: several processes may write and read it at once. Every acknowledged event
 * is on the disk. Open one per thread; positions cross threads, not events.
 */
export class SqliteEventStore implements EventStore {
  readonly #settings: Settings;
  readonly #keeper: ConnectionKeeper;
  readonly #anchors: AnchorKeeper;
  readonly #watcher: LogWatcher;
  readonly #writer: LogWriter;
  #closing: Promise<void> | undefined;

  private constructor(settings: Settings, keeper: ConnectionKeeper) {
    this.#settings = settings;
    this.#keeper = keeper;
    this.#anchors = openAnchorKeeper(keeper, settings);
    this.#watcher = openWatcher(keeper, settings);
    this.#writer = openWriter(keeper, settings, () => {
      this.#anchors.follow();
      this.#watcher.announce();
    });
  }

  /**
   * Opens the directory's log, or makes a new one. Throws `LogDamagedError` when the log does not fit its anchor,
   * `LogFromNewerVersionError`, and `EventStoreUnavailableError` when the directory can't be used.
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const settings = settingsOf(options);
    return new SqliteEventStore(settings, await openKeeper(settings));
  }

  async append(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    if (this.#settings.readOnly) throw new EventStoreUnavailableError('This event store was opened for reading only.');
    if (this.#closing !== undefined) throw new EventStoreUnavailableError('This event store is closed.');
    return this.#writer.append(appends.map(encodeAppend));
  }

  readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.#keeper.use(({ reader }) => reader.readStream(stream, options));
  }

  /** Throws `RangeError` when asked for more versions than a page may have events. */
  async readVersions(refs: readonly VersionPlace[]): Promise<readonly (RecordedEvent | undefined)[]> {
    const { maxPageEvents } = this.#settings;
    if (refs.length > maxPageEvents) throw new RangeError(`At most ${maxPageEvents} versions are read at once.`);
    return this.#keeper.use(({ reader }) => reader.readVersions(refs));
  }

  readAll(options: ReadAllOptions = {}): Promise<Page> {
    return this.#keeper.use(({ reader }) => reader.readAll(options));
  }

  subscribe(options: SubscribeOptions = {}): AsyncIterable<SubscriptionItem> {
    return follow((page) => this.readAll(page), this.#watcher, options);
  }

  head(): Promise<Position> {
    return this.#keeper.use(({ head }) => head.position());
  }

  pointAt(position?: Position): Promise<LogPoint | undefined> {
    return this.#keeper.use(({ head }) => (position === undefined ? head.end() : head.pointAt(position)));
  }

  /** Answers what was appended before, ends the subscriptions, anchors the head, and lets the log go. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.settled();
    this.#watcher.stop();
    try {
      await this.#anchors.stop();
    } finally {
      this.#keeper.close();
    }
  }
}
