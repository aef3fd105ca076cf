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

  /** `capacity`: at most so many records are remembered, each with its last version, and at least half as many of the latest. */
  constructor(reader: EventStoreReader, capacity = 20_000) {
    this.#reader = reader;
    this.#capacity = capacity;
  }

  /** Remembers a version that has just been read elsewhere. Throws `UnreadableRecordEventError`. */
  remember(event: RecordedEvent): RecordVersion {
    const version = decodeRecordEvent(event);
    this.#latest.set(version.stream, version);
    if (this.#latest.size * 2 >= this.#capacity) {
      this.#older = this.#latest;
      this.#latest = new Map();
    }
    return version;
  }

  /** A remembered version, without looking it up. */
  peek({ stream, version }: VersionRef): RecordVersion | undefined {
    const latest = this.#latest.get(stream);
    if (latest?.version === version) return latest;
    const older = this.#older.get(stream);
    return older?.version === version ? older : undefined;
  }

  /** The versions asked for, by stream and version. Throws `RecordVersionMissingError`, `UnreadableRecordEventError`. */
  async load(refs: readonly VersionPlace[]): Promise<(ref: VersionRef) => RecordVersion> {
    const found = new FoundVersions();
    const missing = new Map<string, VersionPlace>();
    for (const ref of refs) {
      if (found.get(ref) !== undefined) continue;
      const version = this.peek(ref);
      if (version === undefined) missing.set(keyOf(ref), ref);
      else found.add(version);
    }
    if (missing.size > 0) {
      for (const event of await this.#reader.readVersions([...missing.values()])) {
        if (event !== undefined) found.add(this.remember(event));
      }
    }
    return (ref) => {
      const version = found.get(ref);
      if (version === undefined)
        throw new RecordVersionMissingError(`version ${ref.version} of ${ref.stream} is not in the log`);
      return version;
    };
  }
}

/** Versions by reference. Mostly there is one of a record, which is then found without making a key. */
class FoundVersions {
  readonly #first = new Map<string, RecordVersion>();
  readonly #others = new Map<string, RecordVersion>();

  add(version: RecordVersion): void {
    if (this.#first.has(version.stream)) this.#others.set(keyOf(version), version);
    else this.#first.set(version.stream, version);
  }

  get(ref: VersionRef): RecordVersion | undefined {
    const first = this.#first.get(ref.stream);
    if (first === undefined || first.version === ref.version) return first;
    return this.#others.get(keyOf(ref));
  }
}

const keyOf = ({ stream, version }: VersionRef): string => `${stream}@${version}`;
