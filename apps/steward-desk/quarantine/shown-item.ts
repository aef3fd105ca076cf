import type { QuarantineItem as ShownItem } from '#contracts/http';
import type { QuarantineItem } from '#libs/registries/quarantine';

/** An item as a list shows it: its reasons describe values, they don't repeat them. */
export const shownItem = (item: QuarantineItem): ShownItem => ({
  quarantineId: item.quarantineId,
  registry: item.registry,
  record: item.record,
  state: item.state,
  intakeId: item.intakeId,
  line: item.line ?? null,
  reasons: item.reasons,
  since: item.since,
  failedResubmissions: item.failedResubmissions,
  recordStream: item.recordStream ?? null,
});
