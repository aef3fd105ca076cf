import { RULES_STREAM, RulesActivated, RulesAdded, upcast } from '#contracts/events';
import { loadRules, loadWardsCsv, parseRules, rulesHash, RULES_THAT_COME_ALONG, type Rules } from '#contracts/rules';
import { createAdministrativeUnits, type AdministrativeUnits } from '#libs/domain/identity';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';

/** From its position of the log on, everything is judged by these rules. */
export interface Activation {
  readonly version: string;
  /** Covers the rules and the data tables that they use. */
  readonly hash: string;
  readonly tables: readonly string[];
  readonly position: number;
  readonly activatedAt: string;
  readonly actor: string | null;
}

/** There are no rules of this version, neither in the log nor with this version of the hub. */
export class UnknownRulesVersionError extends Error {
  override readonly name = 'UnknownRulesVersionError';
  readonly code = 'unknown-rules-version';
}

const PAGE = 1_000;

/** Every version of the rules: those of the log, and those that come with the hub; and which were activated when. */
export class RulesBook {
  readonly #reader: EventStoreReader;
  readonly #wardsCsv: string;
  readonly #rules = new Map<string, Rules>();
  readonly #byHash = new Map<string, Rules>();
  readonly #inLog = new Set<string>();
  readonly #activations: Activation[] = [];
  #read = 0;
  #units: AdministrativeUnits | undefined;

  private constructor(reader: EventStoreReader, wardsCsv: string) {
    this.#reader = reader;
    this.#wardsCsv = wardsCsv;
    for (const version of RULES_THAT_COME_ALONG) this.#add(loadRules(version));
  }

  /** Reads what the log has of rules. */
  static async open(reader: EventStoreReader): Promise<RulesBook> {
    const book = new RulesBook(reader, loadWardsCsv());
    await book.refresh();
    return book;
  }

  /** Reads what has been added to the log since. */
  async refresh(): Promise<void> {
    for (;;) {
      const events = await this.#reader.readStream(RULES_STREAM, { from: this.#read, limit: PAGE });
      for (const event of events) this.#take(upcast(event));
      if (events.length < PAGE) return;
    }
  }

  /** The tables that rules of this process judge with. */
  get units(): AdministrativeUnits {
    this.#units ??= createAdministrativeUnits(this.#wardsCsv);
    return this.#units;
  }

  /** The latest; undefined while nothing was ever activated. */
  active(): Activation | undefined {
    return this.#activations.at(-1);
  }

  /** All, the oldest first. */
  activations(): readonly Activation[] {
    return this.#activations;
  }

  /** Every version that is known, in order. */
  versions(): readonly string[] {
    return [...this.#rules.keys()].sort();
  }

  /** How many events of the log's stream of rules have been read: an append behind them expects no other. */
  readTo(): number {
    return this.#read;
  }

  /** Whether the log holds this version, so that no hub needs to bring it. */
  isInLog(version: string): boolean {
    return this.#inLog.has(version);
  }

  find(version: string): Rules | undefined {
    return this.#rules.get(version);
  }

  /** The rules with this hash; undefined also where they were used with other tables than this version of the hub has. */
  findByHash(hash: string): Rules | undefined {
    return this.#byHash.get(hash);
  }

  hashOf(rules: Rules): string {
    return rulesHash(rules, this.#wardsCsv);
  }

  /** The rules of a version, also of one that has just been activated. Throws `UnknownRulesVersionError`. */
  async get(version: string): Promise<Rules> {
    if (!this.#rules.has(version)) await this.refresh();
    const rules = this.#rules.get(version);
    if (rules === undefined) throw new UnknownRulesVersionError(`there are no rules of version ${version}`);
    return rules;
  }

  /** The rules in force; those that a new hub begins with while none are. */
  async inForce(): Promise<Rules> {
    await this.refresh();
    const active = this.active();
    return active === undefined ? loadRules() : this.get(active.version);
  }

  #take(event: RecordedEvent): void {
    // Two refreshes at once read the same.
    if (event.streamVersion !== this.#read) return;
    this.#read += 1;
    if (event.type === RulesAdded.type) {
      const rules = parseRules(JSON.stringify(event.data['rules']));
      this.#inLog.add(rules.version);
      this.#add(rules);
    }
    if (event.type === RulesActivated.type) this.#activations.push(activationOf(event));
  }

  #add(rules: Rules): void {
    this.#rules.set(rules.version, rules);
    this.#byHash.set(this.hashOf(rules), rules);
  }
}

function activationOf({ data, position, recordedAt, actor }: RecordedEvent): Activation {
  const { version, hash, tables } = data;
  return {
    version: textOf(version),
    hash: textOf(hash),
    tables: Array.isArray(tables) ? tables.map(textOf) : [],
    position,
    activatedAt: recordedAt,
    actor: actor ?? null,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
