import { decodeRecordEvent, type RecordVersion } from '#contracts/events';
import type { VersionRef } from '#contracts/verdicts';
import type { EventStoreReader, RecordedEvent, VersionPlace } from '#libs/event-store/port';

/** A version of a record that is pointed to but is not in the log, or can't be read. */
export class RecordVersionMissingError extends Error {
  override readonly name = 'RecordVersionMissingError';
  readonly code = 'record-version-missing';
}

/**
 * Reads versions of records by reference, and remembers the latest of them: whoever follows the log has just seen most of
 * what is judged next. Versions never change, so that nothing here grows stale.
 */
export class RecordVersions {
  readonly #reader: EventStoreReader;
  readonly #capacity: number;
  /** The latest, and those before them: a full generation becomes the older one, and the older one is forgotten. */
  #latest = new Map<string, RecordVersion>();
  #older: ReadonlyMap<string, RecordVersion> = new Map();

  /** `capacity`: at most so many versions are remembered, and at least half as many of the latest. */
  constructor(reader: EventStoreReader, capacity = 20_000) {
    this.#reader = reader;
    this.#capacity = capacity;
  }

  /** Remembers a version that has just been read elsewhere. Throws `UnreadableRecordEventError`. */
  remember(event: RecordedEvent): RecordVersion {
    const version = decodeRecordEvent(event);
    this.#latest.set(keyOf(version), version);
    if (this.#latest.size * 2 >= this.#capacity) {
      this.#older = this.#latest;
      this.#latest = new Map();
    }
    return version;
  }

  /** A remembered version, without looking it up. */
  peek(ref: VersionRef): RecordVersion | undefined {
    return this.#remembered(keyOf(ref));
  }

  /** The versions asked for, by stream and version. Throws `RecordVersionMissingError`, `UnreadableRecordEventError`. */
  async load(refs: readonly VersionPlace[]): Promise<(ref: VersionRef) => RecordVersion> {
    const found = new Map<string, RecordVersion>();
    const missing = new Map<string, VersionPlace>();
    for (const ref of refs) {
      const key = keyOf(ref);
      const version = this.#remembered(key);
      if (version === undefined) missing.set(key, ref);
      else found.set(key, version);
    }
    if (missing.size > 0) {
      for (const event of await this.#reader.readVersions([...missing.values()])) {
        if (event !== undefined)
          found.set(keyOf({ stream: event.stream, version: event.streamVersion }), this.remember(event));
      }
    }
    return (ref) => {
      const version = found.get(keyOf(ref));
      if (version === undefined)
        throw new RecordVersionMissingError(`version ${ref.version} of ${ref.stream} is not in the log`);
      return version;
    };
  }

  #remembered(key: string): RecordVersion | undefined {
    return this.#latest.get(key) ?? this.#older.get(key);
  }
}

const keyOf = ({ stream, version }: VersionRef): string => `${stream}@${version}`;
