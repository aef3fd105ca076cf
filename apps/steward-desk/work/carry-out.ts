import { Inject, Injectable } from '@nestjs/common';
import { reconciliationStream } from '#contracts/events';
import type { WorkDone } from '#contracts/http';
import type { Check } from '#contracts/verdicts';
import { fieldAuthority } from '#libs/domain/matching';
import { isCorrectable } from '#libs/registries/corrections';
import { handleReconciliationCommand, type CommandRequest } from '../commands/index.ts';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskRules } from '../rules/desk-rules.ts';
import { problemOfRefusal } from './refusal.ts';

/** What a command is about, and who gives it. */
export interface WorkTarget {
  readonly check: Check;
  readonly hash: string;
  readonly actor: string;
  readonly traceparent: string | undefined;
}

export interface WorkOutcome {
  readonly done: WorkDone;
  /** The queue shows already what the command did. */
  readonly viewsCurrent: boolean;
}

/** Carries commands out, and waits for the views for a bounded time, so that whoever acted sees what they did. */
@Injectable()
export class CarryOut {
  readonly #desk: StewardDeskDeps;

  readonly #rules: DeskRules;

  constructor(@Inject(DESK) desk: StewardDeskDeps, @Inject(DeskRules) rules: DeskRules) {
    this.#desk = desk;
    this.#rules = rules;
  }

  /** Ends the request with a problem when the command is refused. */
  async command({ check, hash, traceparent }: WorkTarget, request: CommandRequest): Promise<WorkOutcome> {
    const { store, clock, settings, operations } = this.#desk;
    const { claimLeaseMinutes, readYourWritesMilliseconds } = settings;
    const rules = await this.#rules.inForce();
    const deps = {
      store,
      clock,
      claimLeaseMinutes,
      fieldAuthority: fieldAuthority.bind(undefined, rules),
      isCorrectable: isCorrectable.bind(undefined, rules),
    };
    const answer = await handleReconciliationCommand(deps, reconciliationStream(check, hash), request, { traceparent });
    if (!answer.ok) throw problemOfRefusal(answer);
    const { ok: _, ...done } = answer;
    // The command holds whatever becomes of the views: a thread that does not answer must not turn it into a failure.
    const viewsCurrent = await operations.viewsCaughtUpTo(done.position, readYourWritesMilliseconds).catch(() => false);
    return { done, viewsCurrent };
  }
}
