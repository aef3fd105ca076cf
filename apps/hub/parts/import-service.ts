import { setTimeout } from 'node:timers/promises';
import { ImportRefusedError, type ImportRequest, type ImportService, type ImportStatus } from '#apps/steward-desk';
import { EventStoreUnavailableError } from '#libs/event-store/port';
import { closeAbandonedIntakes, definitionOfFileName, findDefinition } from '#libs/registries';
import { openSpool, spoolFile } from '#libs/registries/files';
import { toTimestamp } from '#libs/platform';
import type { ImportStep } from '../threads/intake.thread.ts';
import type { Thread } from '#libs/threads';
import { holdAbsence, type AbsenceHold } from './absence-hold.ts';
import type { ImportFile, ImportReport } from './importing.ts';
import { DEFAULT_IMPORT_QUEUE_SETTINGS, type ImportQueueSettings } from './import-queue.settings.ts';
import type { OwnedData } from './ownership.ts';

interface Waiting {
  readonly importId: string;
  readonly file: ImportFile;
  readonly remove: () => void;
}

/**
 * Takes uploaded files in, one after the other, in the thread of intakes. From the first that is more than a dry run until none waits,
 * absence is held back.
 */
export class ImportQueue implements ImportService {
  readonly #deps: OwnedData;
  readonly #thread: Thread;
  readonly #spool: string;
  readonly #judged: () => Promise<void>;
  readonly #settings: ImportQueueSettings;
  readonly #imports = new Map<string, ImportStatus>();
  readonly #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #closing = false;

  /**
   * Files arrive in the `spool` directory, which is emptied first. `judged` resolves when everything in the log is judged and can
   * be seen.
   */
  constructor(
    deps: OwnedData,
    thread: Thread,
    { spool, judged }: { readonly spool: string; readonly judged: () => Promise<void> },
    settings = DEFAULT_IMPORT_QUEUE_SETTINGS,
  ) {
    openSpool(spool);
    this.#deps = deps;
    this.#thread = thread;
    this.#spool = spool;
    this.#judged = judged;
    this.#settings = settings;
  }

  /** To be told how far the thread is. */
  onStatus({ importId, progress }: Omit<ImportStep, 'kind'>): void {
    this.#change(importId, { progress });
  }

  async start(request: ImportRequest): Promise<{ readonly importId: string }> {
    const { stream, fileName, registry, record, encoding, snapshot, dryRun, actor, traceparent } = request;
    const definition = record === undefined ? definitionOfFileName(fileName) : findDefinition(record, registry);
    if (definition === undefined) {
      throw new ImportRefusedError(
        'unknown-record',
        'The file’s name does not tell what it holds: state registry and record.',
      );
    }
    if (this.#waiting.length >= this.#settings.maxWaiting) {
      throw new ImportRefusedError('too-many-imports', 'Too many files wait for their turn: try again later.');
    }
    const importId = this.#deps.newId();
    this.#remember({
      importId,
      state: 'receiving',
      registry: definition.registry,
      record: definition.record,
      actor,
      startedAt: toTimestamp(this.#deps.clock()),
      finishedAt: null,
      progress: { read: 0, taken: 0, quarantined: 0, readBytes: 0, totalBytes: 0 },
    });
    try {
      const spooled = await spoolFile(this.#spool, stream);
      const file = {
        path: spooled.path,
        fileName,
        registry: definition.registry,
        record: definition.record,
        encoding,
        snapshot,
        dryRun,
        actor,
        traceparent,
      };
      this.#waiting.push({ importId, file, remove: () => spooled.remove() });
      this.#working ??= this.#work();
      return { importId };
    } catch (error) {
      this.#imports.delete(importId);
      throw error;
    }
  }

  async get(importId: string): Promise<ImportStatus | undefined> {
    return this.#imports.get(importId);
  }

  async list(limit: number): Promise<readonly ImportStatus[]> {
    return [...this.#imports.values()].reverse().slice(0, limit);
  }

  /** Takes no more files in: those that wait are left, and the one at hand ends after its batch, as failed. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#giveUpWaiting({ code: 'hub-ended', detail: 'The hub was ended before it came to the file.' });
    if (this.#working === undefined) return;
    await this.#thread.ask('cancel-imports').catch(() => undefined);
    await this.#working;
  }

  #giveUpWaiting(problem: NonNullable<ImportStatus['problem']>): void {
    for (const { importId, remove } of this.#waiting.splice(0)) {
      remove();
      this.#finish(importId, { state: 'failed', problem });
    }
  }

  async #work(): Promise<void> {
    const taken: string[] = [];
    const complete = (): void => {
      for (const importId of taken.splice(0)) this.#finish(importId, { state: 'completed' });
    };
    try {
      const hold: { current?: AbsenceHold } = {};
      let failed = false;
      for (;;) {
        if (await this.#takeWaiting(taken, hold)) failed = true;
        if (hold.current === undefined || (await this.#released(hold.current, failed))) break;
        // Nobody has to wait for verdicts while the log can't be written.
        complete();
      }
      if (hold.current !== undefined) await this.#judged();
    } catch (error) {
      // What was taken in is in the log; what waits is not begun while the log or a part of the hub is out of order.
      this.#giveUpWaiting(problemOf(error));
    } finally {
      complete();
      this.#working = undefined;
      if (this.#waiting.length > 0) this.#working = this.#work();
    }
  }

  /** Takes what waits, and what comes meanwhile. Answers whether any of it failed. */
  async #takeWaiting(taken: string[], hold: { current?: AbsenceHold }): Promise<boolean> {
    let failed = false;
    while (this.#waiting.length > 0) {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        if (next.file.dryRun !== true) hold.current ??= await this.#hold(next);
        if (await this.#take(next)) taken.push(next.importId);
        else failed = true;
      }
      if (hold.current !== undefined) await setTimeout(this.#settings.graceMilliseconds);
    }
    return failed;
  }

  /** Where the log can't be written, the file waits again, to be given up with the others. */
  async #hold(next: Waiting): Promise<AbsenceHold> {
    try {
      return await holdAbsence(this.#deps);
    } catch (error) {
      this.#waiting.unshift(next);
      throw error;
    }
  }

  /**
   * Ends the hold, and what an import that failed could not end; false when the log can't be written, to be tried again. Nobody
   * else would do it while the hub runs, and absence would be held back until its time is over.
   */
  async #released(hold: AbsenceHold, failed: boolean): Promise<boolean> {
    try {
      if (failed) await closeAbandonedIntakes(this.#deps, ({ source }) => source !== 'file');
      await hold.release();
      return true;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError) || this.#closing) throw error;
      await setTimeout(this.#settings.retryMilliseconds);
      return false;
    }
  }

  /** Takes one file in. It is completed later, when what it brought has been judged. */
  async #take({ importId, file, remove }: Waiting): Promise<boolean> {
    this.#change(importId, { state: 'running' });
    try {
      const report = (await this.#thread.ask('import', { importId, file })) as ImportReport;
      this.#change(importId, { report });
      return true;
    } catch (error) {
      this.#finish(importId, { state: 'failed', problem: problemOf(error) });
      return false;
    } finally {
      remove();
    }
  }

  #finish(importId: string, change: Partial<ImportStatus>): void {
    this.#change(importId, { ...change, finishedAt: toTimestamp(this.#deps.clock()) });
  }

  #remember(status: ImportStatus): void {
    this.#imports.set(status.importId, status);
    if (this.#imports.size <= this.#settings.maxRemembered) return;
    for (const [importId, { finishedAt }] of this.#imports) {
      if (finishedAt === null) continue;
      this.#imports.delete(importId);
      return;
    }
  }

  #change(importId: string, change: Partial<ImportStatus>): void {
    const status = this.#imports.get(importId);
    if (status !== undefined) this.#imports.set(importId, { ...status, ...change });
  }
}

/** Only errors that have a code are the hub's own, whose messages repeat no value. */
function problemOf(error: unknown): NonNullable<ImportStatus['problem']> {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? { code: error.code, detail: error.message }
    : { code: 'import-failed', detail: 'The file could not be taken in.' };
}
