import type { Rejudging } from '#apps/hub/reading';
import type { RulesDifference, RulesDryRun, RulesList, SaidByRules } from '#contracts/http';
import { findingText } from '../findings.ts';
import { counted, table } from '../output.ts';

export const describeRejudging = ({ share }: Rejudging): string =>
  `Records are being judged again by the rules in force: ${Math.floor(share * 100)} % done.`;

/** The versions of the rules for a person: which were in force since when, and which is now. */
export function describeRules({ active, activations, versions, rejudging }: RulesList): string {
  const rows = versions.map((version) => {
    const latest = activations.findLast((activation) => activation.version === version);
    return [
      version,
      latest !== undefined && latest.position === active?.position ? 'in force' : latest === undefined ? '' : 'was',
      latest?.activatedAt ?? '',
      latest?.actor ?? '',
      latest?.hash.slice(0, 12) ?? '',
    ] as const;
  });
  const lines = table(['version', 'state', 'activated', 'by', 'hash'], rows);
  return rejudging === null ? lines : `${lines}\n\n${describeRejudging(rejudging)}`;
}

/** What a dry run found, for a person. */
export function describeDryRun({ version, insteadOf, records, checks, samples }: RulesDryRun): string {
  const now = insteadOf === null ? 'no rules' : `those of ${insteadOf.version}`;
  const rows = checks.map((counts) => [
    counts.check,
    counts.new,
    counts.cleared,
    counts.changed,
    counts.unchanged,
    counts.appended,
  ]);
  return [
    `Rules ${version} instead of ${now}, on ${counted(records, 'record')}:`,
    table(['check', 'new', 'cleared', 'changed', 'unchanged', 'verdicts to append'], rows),
    ...samples.map(describeDifference),
    'new: would become a mismatch · cleared: would leave the queue · changed: other codes or findings. Nothing was written.',
  ].join('\n\n');
}

function describeDifference({ kind, check, reconciliation, record, before, after }: RulesDifference): string {
  return [
    `${kind} ${check} ${reconciliation}`,
    ...(record === null ? [] : [`  record  ${record}`]),
    `  now     ${saidText(before)}`,
    `  then    ${saidText(after)}`,
  ].join('\n');
}

function saidText(said: SaidByRules | null): string {
  if (said === null) return 'nothing';
  return [said.outcome, ...said.codes, ...said.findings.map(findingText)].join(' · ');
}
