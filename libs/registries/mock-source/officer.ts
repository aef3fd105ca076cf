import { toTimestamp, type Clock } from '#libs/platform';
import { tracing, type Traceparent } from '#libs/telemetry';
import type { CorrectionOrder } from '../source/index.ts';
import type { StoredCorrection } from './correction-storage.ts';
import { applyProposal } from './propose.ts';
import { chance } from './random.ts';
import type { SourceStorage } from './source-storage.ts';

/** How the officer treats correction requests; what is neither applied nor refused is ignored. Rates are 0 to 1. */
export interface OfficerSettings {
  readonly applyRate: number;
  readonly refuseRate: number;
  /** How long a request lies before the officer takes it up. */
  readonly delayMilliseconds: number;
}

export const DEFAULT_OFFICER: OfficerSettings = { applyRate: 0.8, refuseRate: 0.1, delayMilliseconds: 2000 };

/** Why the officer refuses, as a steward reads it. */
export const REFUSALS = {
  disagrees: 'Hồ sơ gốc xác nhận giá trị hiện tại là đúng',
  unknownRecord: 'Không tìm thấy hồ sơ cần sửa',
  withdrawn: 'Hồ sơ đã bị xóa tại nguồn',
  nothingProposed: 'Yêu cầu không nêu giá trị đề nghị',
  notApplicable: 'Giá trị đề nghị không áp dụng được vào hồ sơ',
} as const;

export interface Officer {
  /** Takes up what is due, in one transaction, and returns how many requests it dealt with. */
  work(): number;
}

const WORK_PER_TURN = 500;

/**
 * The person at the registry who deals with correction requests. What they do with one is decided by seed and request id
 * alone, in whatever order the requests come. What they apply is a new version of the record, dated now.
 */
export function createOfficer(
  storage: SourceStorage,
  settings: () => OfficerSettings,
  keyOf: (record: string, content: unknown) => string | undefined,
  clock: Clock,
  seed: number,
): Officer {
  function refusalOf(order: CorrectionOrder, traceparent: Traceparent | undefined): string | undefined {
    const records = storage.records(order.record);
    const current = records?.current(order.key);
    if (records === undefined || current === undefined) return REFUSALS.unknownRecord;
    const content = JSON.parse(current.content) as Record<string, unknown>;
    if (content['withdrawn'] === true) return REFUSALS.withdrawn;
    if (order.proposed === undefined || Object.keys(order.proposed).length === 0) return REFUSALS.nothingProposed;
    const proposal = applyProposal(content, order.proposed);
    if (!proposal.ok || keyOf(order.record, proposal.content) !== order.key) return REFUSALS.notApplicable;
    const corrected = { ...proposal.content, updatedAt: laterThan(content['updatedAt'], clock()) };
    records.put(order.key, JSON.stringify(corrected), false, traceparent);
    return undefined;
  }

  function handle(correction: StoredCorrection): void {
    const { applyRate, refuseRate } = settings();
    const draw = chance(seed, correction.requestId);
    if (draw >= applyRate + refuseRate) {
      storage.corrections.ignore(correction.requestId);
      return;
    }
    const span = tracing().start('decide correction', { parent: correction.traceparent });
    const order = JSON.parse(correction.order) as CorrectionOrder;
    const reason = draw < applyRate ? refusalOf(order, span.traceparent) : REFUSALS.disagrees;
    const state = reason === undefined ? 'applied' : 'refused';
    storage.corrections.decide(correction.requestId, state, reason);
    span.set({ 'khop.correction.state': state });
    span.end();
  }

  return {
    work() {
      const due = storage.corrections.due(clock(), WORK_PER_TURN);
      if (due.length > 0) storage.transaction(() => due.forEach(handle));
      return due.length;
    },
  };
}

/** Now, or just after the record's own time where that lies ahead: the correction has to be the newer version. */
function laterThan(updatedAt: unknown, now: number): string {
  const before = typeof updatedAt === 'string' ? Date.parse(updatedAt) : Number.NaN;
  return toTimestamp(Number.isNaN(before) ? now : Math.max(now, before + 1));
}
