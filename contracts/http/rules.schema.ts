import Type from 'typebox';
import { CheckName, CodeName, FindingSchema, nullable, OutcomeName, Timestamp, type Answer } from './shared.schema.ts';

export const RulesActivation = Type.Object({
  version: Type.String(),
  hash: Type.String({ description: 'Covers the rules and the data tables that they use' }),
  tables: Type.Array(Type.String()),
  position: Type.Integer({ description: 'From here on in the log, everything is judged by them' }),
  activatedAt: Timestamp,
  actor: nullable(Type.String()),
});
export type RulesActivation = Answer<typeof RulesActivation>;

export const RulesList = Type.Object({
  active: nullable(RulesActivation),
  activations: Type.Array(RulesActivation, { description: 'All, the oldest first' }),
  versions: Type.Array(Type.String(), { description: 'In the log, or coming with this version of the hub' }),
  rejudging: nullable(
    Type.Object(
      { share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the records that were there' }) },
      { description: 'Records are being judged again by the active rules' },
    ),
  ),
});
export type RulesList = Answer<typeof RulesList>;

/** What a check says, without whom it says it of. */
export const SaidByRules = Type.Object({
  outcome: OutcomeName,
  codes: Type.Array(CodeName),
  findings: Type.Array(FindingSchema),
});
export type SaidByRules = Answer<typeof SaidByRules>;

export const DIFFERENCE_KINDS = ['new', 'cleared', 'changed'] as const;

/** A reconciliation that other rules would judge otherwise. Its address and the record's are keyed hashes. */
export const RulesDifference = Type.Object({
  kind: Type.Enum([...DIFFERENCE_KINDS]),
  check: CheckName,
  reconciliation: Type.String({ description: 'Its stream' }),
  record: nullable(Type.String({ description: 'Stream of the record that is checked' })),
  before: nullable(SaidByRules),
  after: nullable(SaidByRules),
});
export type RulesDifference = Answer<typeof RulesDifference>;

export const RulesDryRunCounts = Type.Object({
  check: CheckName,
  new: Type.Integer({ description: 'Mismatches that are none now' }),
  cleared: Type.Integer({ description: 'Mismatches that would leave the queue' }),
  changed: Type.Integer({
    description: 'The same outcome with other codes or findings, or not applicable and matched exchanged',
  }),
  unchanged: Type.Integer(),
  appended: Type.Integer({
    description: 'Verdicts that an activation would append: also unchanged ones that rest on other values',
  }),
});
export type RulesDryRunCounts = Answer<typeof RulesDryRunCounts>;

/** What would become of the current verdicts by other rules. */
export const RulesDryRun = Type.Object({
  version: Type.String(),
  hash: Type.String(),
  insteadOf: nullable(Type.Object({ version: Type.String(), hash: Type.String() })),
  records: Type.Integer({ description: 'Records that were judged' }),
  checks: Type.Array(RulesDryRunCounts),
  samples: Type.Array(RulesDifference),
});
export type RulesDryRun = Answer<typeof RulesDryRun>;

export const RulesDryRunStatus = Type.Object({
  dryRunId: Type.String(),
  state: Type.Enum(['running', 'completed', 'failed']),
  records: Type.Integer({ description: 'Records that were judged so far' }),
  result: nullable(RulesDryRun),
  problem: nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
});
export type RulesDryRunStatus = Answer<typeof RulesDryRunStatus>;

export const RulesDryRunStarted = Type.Object({ dryRunId: Type.String() });
export type RulesDryRunStarted = Answer<typeof RulesDryRunStarted>;

export const RulesActivated = Type.Object({ version: Type.String(), hash: Type.String(), position: Type.Integer() });
export type RulesActivated = Answer<typeof RulesActivated>;
