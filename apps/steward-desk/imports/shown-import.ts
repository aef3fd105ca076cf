import type { ImportItem } from '#contracts/http';
import type { ImportReport, ImportStatus } from './import-service.ts';

/** An import as it is shown. */
export const shownImport = ({ report, problem, ...status }: ImportStatus): ImportItem => ({
  importId: status.importId,
  state: status.state,
  registry: status.registry,
  record: status.record,
  actor: status.actor,
  startedAt: status.startedAt,
  finishedAt: status.finishedAt,
  progress: status.progress,
  report: report === undefined ? null : shownReport(report),
  problem: problem ?? null,
});

function shownReport(report: ImportReport): NonNullable<ImportItem['report']> {
  return {
    intakeId: report.intakeId,
    dryRun: report.dryRun,
    read: report.read,
    taken: report.taken,
    registered: report.registered,
    amended: report.amended,
    withdrawn: report.withdrawn,
    late: report.late,
    unchanged: report.unchanged,
    seenBefore: report.seenBefore,
    quarantined: report.quarantined,
    rejectionsByReason: report.rejectionsByReason,
    rejections: report.rejections,
    unknownFields: Object.fromEntries(report.unknownFields),
    rejectedFile: report.rejectedFile ?? null,
    vanished:
      report.vanished === undefined ? null : { count: report.vanished.count, file: report.vanished.file ?? null },
    notes: report.notes,
    seconds: report.seconds,
    recordsPerSecond: report.recordsPerSecond,
  };
}
