import { setTimeout } from 'node:timers/promises';
import type { RulesActivated, RulesDryRun, RulesDryRunStarted, RulesDryRunStatus } from '#contracts/http';
import type { Rules } from '#contracts/rules';
import { CommandError } from '../failure.ts';
import type { HubClient } from '../hub-client.ts';
import { startProgress } from '../progress.ts';

const POLL_MILLISECONDS = 100;

/** A dry run that the hub has made, and that its rules may be activated by. */
export interface HubDryRun {
  readonly dryRunId: string;
  readonly result: RulesDryRun;
}

/** Has the hub make a dry run, and waits for it. */
export async function tryThroughHub(hub: HubClient, rules: Rules, samples: number): Promise<HubDryRun> {
  const path = '/api/v1/rules/dry-runs';
  const { dryRunId } = (await hub.post(`${path}?samples=${samples}`, rules)) as RulesDryRunStarted;
  const progress = startProgress('judging, to see');
  try {
    for (;;) {
      const { records, result, problem } = (await hub.get(`${path}/${dryRunId}`)) as RulesDryRunStatus;
      progress.update(records);
      if (result !== null) return { dryRunId, result };
      if (problem !== null) throw new CommandError(problem.code, problem.detail);
      await setTimeout(POLL_MILLISECONDS);
    }
  } finally {
    progress.end();
  }
}

export async function activateThroughHub(hub: HubClient, { dryRunId }: HubDryRun): Promise<RulesActivated> {
  return (await hub.post('/api/v1/rules/activations', { dryRunId })) as RulesActivated;
}
