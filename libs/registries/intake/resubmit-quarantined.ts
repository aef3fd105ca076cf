import type { QuarantineReason } from '#contracts/events';
import { findDefinition } from '../definitions/index.ts';
import { failResubmission, findQuarantined, type RejectingIntake } from '../quarantine/index.ts';
import { normaliseRecord, REJECTION_FIELD } from '../validation/index.ts';
import type { IntakeDeps } from './intake-deps.ts';
import type { Row } from './row.ts';
import { takeRecords } from './take-records.ts';

/** What came of a resubmission. */
export type Resubmission =
  | { readonly ok: true; readonly intakeId: string }
  | { readonly ok: false; readonly code: 'not-found' | 'resolved-already' | 'unknown-record' }
  | { readonly ok: false; readonly code: 'still-rejected'; readonly reasons: readonly QuarantineReason[] };

export interface ResubmissionOptions {
  /** The fixed row; without one the row is tried as it stands in quarantine, which helps when the rules have changed. */
  readonly row?: unknown;
  readonly traceparent?: string;
  readonly actor?: string;
}

/** Tries a row in quarantine again. A row that can't be taken even now stays there, with its new reasons. */
export async function resubmitQuarantined(
  deps: IntakeDeps,
  quarantineId: string,
  options: ResubmissionOptions = {},
): Promise<Resubmission> {
  const item = await findQuarantined(deps.store, quarantineId);
  if (item === undefined) return { ok: false, code: 'not-found' };
  if (item.state === 'resolved') return { ok: false, code: 'resolved-already' };
  const definition = findDefinition(item.record, item.registry);
  if (definition === undefined) return { ok: false, code: 'unknown-record' };

  const row = options.row ?? item.row;
  const { row: _, ...who } = options;
  const judged = normaliseRecord(definition, row, deps.clock());
  if (!judged.ok) {
    const { registry, record } = definition;
    const rejecting: RejectingIntake = { intakeId: deps.newId(), registry, record, ...who };
    await failResubmission(deps, rejecting, item, { raw: row, reasons: judged.reasons });
    return { ok: false, code: 'still-rejected', reasons: judged.reasons };
  }
  const { traceparent } = options;
  const line = { line: item.line ?? 1, raw: withReference(row, quarantineId), traceparent };
  const source = { kind: 'resubmission', quarantineId } as const;
  const { intakeId, rejections } = await takeRecords(deps, { definition, source, ...who }, only(line));
  const [rejection] = rejections;
  return rejection === undefined
    ? { ok: true, intakeId }
    : { ok: false, code: 'still-rejected', reasons: rejection.reasons };
}

async function* only(row: Row): AsyncGenerator<readonly Row[]> {
  yield [row];
}

/** The intake settles the row in quarantine that a row refers to. */
const withReference = (row: unknown, quarantineId: string): unknown => ({
  ...(typeof row === 'object' ? row : {}),
  [REJECTION_FIELD]: { quarantineId },
});
