import type { Readable } from 'node:stream';
import type { RecordType, Registry } from '#contracts/records';
import type { IntakeProgress, IntakeReport } from '#libs/registries/intake';

/** A file on its way in. */
export interface ImportRequest {
  /** The file's bytes, as they arrive. It fails with the error to answer with when the file is too large or breaks off. */
  readonly stream: Readable;
  /** May hold something personal. */
  readonly fileName: string;
  /** Where the file's name does not tell them. */
  readonly registry?: Registry;
  readonly record?: RecordType;
  /** The file is all that the source has. */
  readonly snapshot: boolean;
  readonly dryRun: boolean;
  /** A named encoding, for a file whose encoding can't be recognised for certain. */
  readonly encoding?: string;
  readonly actor: string;
  /** W3C trace context of the upload. */
  readonly traceparent?: string;
}

/** `receiving`: its bytes are coming in; `running`: its records are being taken in and judged. */
export const IMPORT_STATES = ['receiving', 'running', 'completed', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** How far an import has come, in rows and in bytes of the file. */
export interface ImportProgress extends IntakeProgress {
  readonly readBytes: number;
  readonly totalBytes: number;
}

/** What an import did: the report of its intake, and what was passed over in the file, in words. */
export interface ImportReport extends IntakeReport {
  readonly notes: readonly string[];
}

/** How an import is doing, or what came of it. */
export interface ImportStatus {
  readonly importId: string;
  readonly state: ImportState;
  readonly registry: Registry | null;
  readonly record: RecordType | null;
  readonly actor: string;
  /** RFC 3339 in UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly progress: ImportProgress;
  /** Once its records are taken in; it is completed when they are judged as well. */
  readonly report?: ImportReport;
  /** Why it failed: a stable code, and a sentence without a value of the file. */
  readonly problem?: { readonly code: string; readonly detail: string };
}

/** Takes files in. */
export interface ImportService {
  /**
   * Resolves once the whole file has arrived; its records are taken in afterwards. Rejects with the stream's error, or with
   * `ImportRefusedError`, having read the stream or not.
   */
  start(request: ImportRequest): Promise<{ readonly importId: string }>;
  get(importId: string): Promise<ImportStatus | undefined>;
  /** Newest first, at most this many. */
  list(limit: number): Promise<readonly ImportStatus[]>;
}

/** The file can't be taken in as it was sent: its name tells no record type, say. The message is a sentence for the client. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';
  readonly code: string;

  /** `code` is stable, such as `record-type-unknown`; neither it nor the message repeats a value of the file. */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
