import type { ImportReport } from '#apps/hub';

export interface ImportOptions {
  readonly dataDir: string;
  readonly registry?: string;
  readonly record?: string;
  readonly encoding?: string;
  readonly snapshot: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What came of one file: a report, or why it could not be taken in. */
export type FileOutcome =
  { readonly file: string; readonly report: ImportReport } | { readonly file: string; readonly failure: string };
