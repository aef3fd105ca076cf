import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decodeRecordEvent, reconciliationStream, UnreadableRecordEventError } from '#contracts/events';
import type { ReconciliationPage, ReconciliationSide } from '#contracts/http';
import type { RecordContent } from '#contracts/records';
import type { Check, Verdict, VersionRef } from '#contracts/verdicts';
import { queueItemAt, STEPS_OF_PHASE, type JudgedVerdict } from '#libs/domain/reconciliation';
import { seeksCandidates, type Part } from '#libs/domain/matching';
import type { RecordedEvent } from '#libs/event-store/port';
import { toTimestamp } from '#libs/platform';
import { ViewNotReadyError } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { findCurrentVersion, referenceOf, shownVersion } from '../record/record-reference.ts';
import { DeskRules } from '../rules/desk-rules.ts';
import { comparedFields, findPart, proposedRegistry, type Compared } from './compared-fields.ts';
import { findReconciliation, latestVerdict, type Reconciliation } from './read-reconciliation.ts';
import { settlementOf, timelineEvent } from './timeline.ts';

/** One check of one record, with everything that a decision on it needs: from the streams, as they are now. */
export class GetReconciliation extends Query<ReconciliationPage> {
  readonly check: Check;
  readonly hash: string;

  constructor(check: Check, hash: string) {
    super();
    this.check = check;
    this.hash = hash;
  }
}

interface LoadedSide {
  readonly shown: ReconciliationSide;
  readonly content: RecordContent | undefined;
}

@QueryHandler(GetReconciliation)
export class GetReconciliationHandler implements IQueryHandler<GetReconciliation> {
  readonly #desk: StewardDeskDeps;

  readonly #rules: DeskRules;

  constructor(@Inject(DESK) desk: StewardDeskDeps, @Inject(DeskRules) rules: DeskRules) {
    this.#desk = desk;
    this.#rules = rules;
  }

  async execute({ check, hash }: GetReconciliation): Promise<ReconciliationPage> {
    const { store, clock, settings } = this.#desk;
    const found = await findReconciliation(store, reconciliationStream(check, hash));
    if (found === undefined) throw notFound('reconciliation-not-found', 'There is no such reconciliation.');
    const { state, events, latest } = found;
    const item = queueItemAt(state, clock(), settings);
    const shownEvents = events.slice(-settings.maxTimelineEvents);
    return {
      check,
      hash,
      stream: found.stream,
      streamVersion: latest.streamVersion,
      position: latest.position,
      phase: state.phase,
      verdict: shownVerdict(state.verdict),
      ...(await this.#compared(found)),
      claim: item?.claim ?? null,
      dueAt: item?.dueAt == null ? null : toTimestamp(item.dueAt),
      overdue: item?.overdue ?? false,
      openedAt: state.openedAt,
      closedAt: state.closedAt,
      corrections: state.corrections,
      settlement: settlementOf(found),
      steps: steps(STEPS_OF_PHASE[state.phase]),
      timeline: shownEvents.toReversed().map(timelineEvent),
      timelineCut: shownEvents.length < events.length,
    };
  }

  /** Both sides as the latest verdict saw them, also of one that has ended. */
  async #compared(
    found: Reconciliation,
  ): Promise<Pick<ReconciliationPage, 'left' | 'right' | 'fields' | 'proposedRegistry' | 'candidates'>> {
    const verdict = latestVerdict(found);
    if (verdict === undefined) return { left: null, right: null, fields: [], proposedRegistry: null, candidates: [] };
    const [left, right] = await Promise.all([this.#side(verdict.left), this.#side(verdict.right)]);
    const compared: Compared = { stream: found.stream, verdict, left: left?.content, right: right?.content };
    const part = findPart(this.#desk.hash, compared);
    const rules = await this.#rules.find(verdict.rules);
    return {
      left: left?.shown ?? null,
      right: right?.shown ?? null,
      fields: rules === undefined ? [] : comparedFields(rules, part, compared),
      proposedRegistry: rules === undefined ? null : proposedRegistry(rules, verdict),
      candidates: found.state.verdict === null ? [] : await this.#candidates(verdict, part),
    };
  }

  async #side(ref: VersionRef | null): Promise<LoadedSide | undefined> {
    if (ref === null) return undefined;
    const { store } = this.#desk;
    const [[event], current] = await Promise.all([store.readVersions([ref]), findCurrentVersion(store, ref.stream)]);
    if (event === undefined) return undefined;
    const isCurrent = current?.streamVersion === ref.version;
    return {
      shown: {
        reference: referenceOf(ref.stream),
        judged: shownVersion(event),
        current: isCurrent || current === undefined ? null : shownVersion(current),
        isCurrent,
      },
      content: contentOf(event),
    };
  }

  /** Of the person as the verdict saw them. */
  async #candidates(verdict: Verdict, part: Part | undefined): Promise<ReconciliationPage['candidates']> {
    const { findCandidates, store } = this.#desk;
    if (findCandidates === undefined || !seeksCandidates(verdict) || part?.person == null) return [];
    const candidates = await findCandidates(part.person).catch(noneYet);
    if (candidates === null) return null;
    const versions = await store.readVersions(candidates.map(({ resident }) => resident));
    return candidates.map(({ resident, score, for: speaksFor, against }, index) => {
      const version = versions[index];
      return {
        reference: referenceOf(resident.stream),
        version: version === undefined ? null : shownVersion(version),
        score,
        for: speaksFor,
        against,
      };
    });
  }
}

/** The view that candidates are found in is still being built: the page is shown without them. */
function noneYet(error: unknown): null {
  if (error instanceof ViewNotReadyError) return null;
  throw error;
}

function shownVerdict(verdict: JudgedVerdict | null): ReconciliationPage['verdict'] {
  if (verdict === null) return null;
  const { id, outcome, codes, findings, rules, rulesHash, asOf, ward } = verdict;
  return { id, outcome, codes, findings, rules, rulesHash, asOf, ward };
}

function contentOf(event: RecordedEvent): RecordContent | undefined {
  try {
    return decodeRecordEvent(event).content;
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return undefined;
    throw error;
  }
}

const steps = <Name extends string>(allowed: { readonly [N in Name]: boolean }): readonly Name[] =>
  (Object.keys(allowed) as Name[]).filter((name) => allowed[name]);
