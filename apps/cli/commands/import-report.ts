import type { FileOutcome } from './import-outcome.ts';

const count = (value: number): string => value.toLocaleString('en');

/** What came of a file, as a person reads it. */
export function describeReport(outcome: FileOutcome): string {
  if ('failure' in outcome) return `${outcome.file}: not taken in. ${outcome.failure}`;
  const { file, report } = outcome;
  const lines = [
    `${file}: ${count(report.read)} ${report.record} records read in ${report.seconds.toFixed(1)} s (${count(Math.round(report.recordsPerSecond))}/s)${report.dryRun ? ', nothing appended' : ''}`,
    `  taken ${count(report.taken)} (new ${count(report.registered)}, amended ${count(report.amended)}, withdrawn ${count(report.withdrawn)}, late ${count(report.late)})`,
    `  unchanged ${count(report.unchanged)} · seen before ${count(report.seenBefore)} · quarantined ${count(report.quarantined)}`,
  ];
  for (const { field, code, count: times, lines: at } of report.rejectionsByReason) {
    const more = times > at.length ? ', …' : '';
    lines.push(`    ${field}: ${code} × ${count(times)}, line${at.length === 1 ? '' : 's'} ${at.join(', ')}${more}`);
  }
  if (report.rejectedFile !== undefined) {
    lines.push(`  The rejected rows, to be fixed and imported again: ${report.rejectedFile}`);
  }
  if (report.unknownFields.size > 0) {
    const fields = [...report.unknownFields].map(([name, times]) => `${name} × ${count(times)}`);
    lines.push(`  Fields that are not of the format, left out: ${fields.join(', ')}`);
  }
  if (report.vanished !== undefined) {
    const where = report.vanished.file === undefined ? '' : `; their keys: ${report.vanished.file}`;
    lines.push(`  Records that the hub has and the file has not: ${count(report.vanished.count)}${where}`);
  }
  for (const note of report.notes) lines.push(`  ${note}`);
  return lines.join('\n');
}

/** The same for scripts. */
export function reportAsJson(outcome: FileOutcome): object {
  if ('failure' in outcome) return outcome;
  return { file: outcome.file, ...outcome.report, unknownFields: Object.fromEntries(outcome.report.unknownFields) };
}
