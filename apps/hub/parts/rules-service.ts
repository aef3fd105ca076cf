import { type RulesActivationRequest, type RulesDryRunRequest, type RulesService } from '#apps/steward-desk';
import type { RulesActivated, RulesDryRun, RulesDryRunStarted, RulesDryRunStatus, RulesList } from '#contracts/http';
import type { Rules } from '#contracts/rules';
import { activateRules, RulesBook, RulesRefusedError } from '#libs/rules';
import type { DataDirectory } from '../data-directory.ts';
import type { RulesThreadInput } from '../threads/rules.thread.ts';
import { startThread, type Thread } from '#libs/threads';
import type { OwnedData } from './ownership.ts';
import { readRejudging } from './rejudging.ts';

/** Dry runs whose outcome is remembered. */
const MAX_REMEMBERED = 20;

interface DryRun {
  readonly rules: Rules;
  readonly status: RulesDryRunStatus;
}

/** Lists and activates rules, and makes one dry run at a time, in a thread of its own. */
export class HubRules implements RulesService {
  readonly #deps: OwnedData;
  readonly #directory: DataDirectory;
  readonly #dryRuns = new Map<string, DryRun>();
  #running: { readonly thread: Promise<Thread>; readonly ended: Promise<void> } | undefined;

  constructor(deps: OwnedData, directory: DataDirectory) {
    this.#deps = deps;
    this.#directory = directory;
  }

  async list(): Promise<RulesList> {
    const book = await RulesBook.open(this.#deps.store);
    return {
      active: book.active() ?? null,
      activations: book.activations(),
      versions: book.versions(),
      rejudging: readRejudging(this.#directory),
    };
  }

  async startDryRun({ rules, samples }: RulesDryRunRequest): Promise<RulesDryRunStarted> {
    if (this.#running !== undefined) throw new RulesRefusedError('dry-run-running');
    const dryRunId = this.#deps.newId();
    const status: RulesDryRunStatus = { dryRunId, state: 'running', records: 0, result: null, problem: null };
    this.#remember(dryRunId, { rules, status });
    const input: RulesThreadInput = { directory: this.#directory.path, rules, samples };
    const thread = startThread<number>(new URL('../threads/rules.thread.js', import.meta.url), input, (records) =>
      this.#change(dryRunId, { records }),
    );
    this.#running = { thread, ended: this.#run(dryRunId, thread) };
    return { dryRunId };
  }

  getDryRun(dryRunId: string): RulesDryRunStatus | undefined {
    return this.#dryRuns.get(dryRunId)?.status;
  }

  async activate({ dryRunId, actor, traceparent }: RulesActivationRequest): Promise<RulesActivated> {
    const dryRun = this.#dryRuns.get(dryRunId);
    if (dryRun === undefined) throw new RulesRefusedError('dry-run-not-found');
    const { rules, status } = dryRun;
    if (status.result === null) throw new RulesRefusedError('dry-run-not-completed');
    const { store, clock } = this.#deps;
    const outcome = await activateRules(
      { store, clock, book: await RulesBook.open(store) },
      { rules, actor, traceparent, insteadOf: status.result.insteadOf?.hash ?? null },
    );
    if (!outcome.ok) throw new RulesRefusedError(outcome.code);
    return { version: rules.version, hash: outcome.hash, position: outcome.position };
  }

  /** Ends the dry run that is at it, as failed. */
  async close(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    await (await running.thread.catch(() => undefined))?.close();
    await running.ended;
  }

  async #run(dryRunId: string, starting: Promise<Thread>): Promise<void> {
    try {
      const thread = await starting;
      try {
        const result = (await thread.ask('run')) as RulesDryRun;
        this.#change(dryRunId, { state: 'completed', records: result.records, result });
      } finally {
        await thread.close();
      }
    } catch (error) {
      this.#change(dryRunId, { state: 'failed', problem: problemOf(error) });
    } finally {
      this.#running = undefined;
    }
  }

  #remember(dryRunId: string, dryRun: DryRun): void {
    this.#dryRuns.set(dryRunId, dryRun);
    const [oldest] = this.#dryRuns.keys();
    if (this.#dryRuns.size > MAX_REMEMBERED && oldest !== undefined) this.#dryRuns.delete(oldest);
  }

  #change(dryRunId: string, change: Partial<RulesDryRunStatus>): void {
    const dryRun = this.#dryRuns.get(dryRunId);
    if (dryRun !== undefined) this.#dryRuns.set(dryRunId, { ...dryRun, status: { ...dryRun.status, ...change } });
  }
}

/** Only errors that have a code are the hub's own, whose messages repeat no value. */
function problemOf(error: unknown): NonNullable<RulesDryRunStatus['problem']> {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? { code: error.code, detail: error.message }
    : { code: 'dry-run-failed', detail: 'The dry run could not be made.' };
}
