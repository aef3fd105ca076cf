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
import type { Connection } from './connection.ts';
import type { NewsWatch } from './news.ts';
import type { LogReader } from './reader.ts';
import type { KurrentDbEventStoreOptions } from './settings.ts';
import type { WriteQueue } from './write-queue.ts';
import { follow, saltSource } from '../common/index.ts';
import { EventStoreUnavailableError, START } from '../port/index.ts';
import { openConnection } from './connection.ts';
import { encodeAppend } from './event.codec.ts';
import { openIdentity } from './identity.ts';
import { logNames } from './log-names.ts';
import { openNews } from './news.ts';
import { openReader } from './reader.ts';
import { settingsOf } from './settings.ts';
import { openWriter } from './writer.ts';

/** The log on a KurrentDB server or cluster, version 25.1 or later: any number of processes write and read it at once. */
export class KurrentDbEventStore implements EventStore {
  readonly #connection: Connection;
  readonly #reader: LogReader;
  readonly #writer: WriteQueue;
  readonly #news: NewsWatch;
  readonly #nextSalt = saltSource();
  #closing: Promise<void> | undefined;

  private constructor(connection: Connection, reader: LogReader, writer: WriteQueue, news: NewsWatch) {
    this.#connection = connection;
    this.#reader = reader;
    this.#writer = writer;
    this.#news = news;
  }

  /**
   * Opens the log on the server, or makes a new one. Throws `EventStoreUnavailableError` when the server can't be reached or does not
   * let this user in, `LogFromNewerVersionError`, and `TypeError` for settings that can't be.
   */
  static async open(options: KurrentDbEventStoreOptions): Promise<KurrentDbEventStore> {
    const settings = settingsOf(options);
    const names = logNames(settings.log);
    const connection = openConnection(settings);
    try {
      const logId = await openIdentity(connection, names, settings);
      const reader = openReader(connection, names, logId, settings);
      const news = openNews(connection, names, settings);
      const writer = openWriter(connection, names, reader, settings, () => news.announce());
      return new KurrentDbEventStore(connection, reader, writer, news);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async append(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    if (this.#closing !== undefined) throw new EventStoreUnavailableError('This event store is closed.');
    return this.#writer.append(appends.map((append) => encodeAppend(append, this.#nextSalt)));
  }

  readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.#reader.readStream(stream, options);
  }

  /** Throws `RangeError` when asked for more versions than a page may have events. */
  readVersions(refs: readonly VersionPlace[]): Promise<readonly (RecordedEvent | undefined)[]> {
    return this.#reader.readVersions(refs);
  }

  readAll(options: ReadAllOptions = {}): Promise<Page> {
    return this.#reader.readAll(options);
  }

  /** Goes on by itself, from where it stands, when the server was away: for hours, if need be. */
  subscribe(options: SubscribeOptions = {}): AsyncIterable<SubscriptionItem> {
    return follow((page) => this.#readPatiently(page, options.signal), this.#news, options);
  }

  head(): Promise<Position> {
    return this.#reader.head();
  }

  pointAt(position?: Position): Promise<LogPoint | undefined> {
    return this.#reader.pointAt(position);
  }

  /** Answers what was appended before, ends the subscriptions, and lets the server go. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.settled();
    this.#news.stop();
    await this.#connection.close();
  }

  async #readPatiently(options: ReadAllOptions, signal: AbortSignal | undefined): Promise<Page> {
    for (let tries = 0; ; tries++) {
      try {
        return await orAborted(this.#reader.readAll(options), signal);
      } catch (error) {
        if (this.#news.stopped || signal?.aborted === true) {
          return { events: [], position: options.after ?? START, end: true };
        }
        if (!(error instanceof EventStoreUnavailableError)) throw error;
      }
      await this.#connection.pause(tries);
    }
  }
}

/** The work's result; rejects as soon as the signal is aborted. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new EventStoreUnavailableError('The subscription was ended.'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined);
  }
}
