import type { RulesActivated, RulesDryRunStarted, RulesDryRunStatus, RulesList } from '#contracts/http';
import type { Rules } from '#contracts/rules';

export interface RulesDryRunRequest {
  readonly rules: Rules;
  /** How many samples of each kind there shall be for each check. */
  readonly samples: number;
}

export interface RulesActivationRequest {
  /** The dry run whose rules are activated: whoever activates rules has seen what they would do. */
  readonly dryRunId: string;
  readonly actor: string;
  readonly traceparent: string | undefined;
}

/** What the desk asks of rules: the dry runs take a while, and go on beside. */
export interface RulesService {
  list(): Promise<RulesList>;
  /** Rejects with `RulesRefusedError` while another dry run is at it. */
  startDryRun(request: RulesDryRunRequest): Promise<RulesDryRunStarted>;
  getDryRun(dryRunId: string): RulesDryRunStatus | undefined;
  /** Rejects with `RulesRefusedError`; nothing was written then. */
  activate(request: RulesActivationRequest): Promise<RulesActivated>;
}
