import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FieldProblem, Resubmitted } from '#contracts/http';
import { resubmitQuarantined, type Resubmission } from '#libs/registries/intake';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound, problem, ProblemError } from '../http/problem.ts';

/** Tries a row in quarantine again, as it was fixed or as it stands. */
export class ResubmitQuarantined extends Command<Resubmitted> {
  readonly quarantineId: string;
  readonly row: unknown;
  readonly actor: string;
  readonly traceparent: string | undefined;

  constructor({ quarantineId, row, actor, traceparent }: Omit<ResubmitQuarantined, symbol>) {
    super();
    this.quarantineId = quarantineId;
    this.row = row;
    this.actor = actor;
    this.traceparent = traceparent;
  }
}

type Refused = Extract<Resubmission, { ok: false }>;

@CommandHandler(ResubmitQuarantined)
export class ResubmitQuarantinedHandler implements ICommandHandler<ResubmitQuarantined> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ quarantineId, row, actor, traceparent }: ResubmitQuarantined): Promise<Resubmitted> {
    const { store, hash, clock, newId } = this.#desk;
    const answer = await resubmitQuarantined({ store, hash, clock, newId }, quarantineId, {
      actor,
      ...(row !== undefined && { row }),
      ...(traceparent !== undefined && { traceparent }),
    });
    if (!answer.ok) throw problemOf(answer);
    return { intakeId: answer.intakeId };
  }
}

function problemOf(refused: Refused): ProblemError {
  switch (refused.code) {
    case 'not-found':
      return notFound('quarantine-item-not-found', 'There is no such row in quarantine.');
    case 'resolved-already':
      return problem(409, 'quarantine-resolved-already', 'The row has been fixed and taken in already.');
    case 'unknown-record':
      return problem(422, 'row-still-rejected', 'The hub takes no records of this type any more.');
    case 'still-rejected':
      return new ProblemError({
        status: 422,
        code: 'row-still-rejected',
        detail: 'The row can not be taken in even now; it stays in quarantine.',
        errors: refused.reasons.map(({ field, code, shape }): FieldProblem => ({
          field,
          problems: [shape === undefined ? code : `${code} (${shape})`],
        })),
      });
    default:
      return refused satisfies never;
  }
}
