import type { FeedItem } from '#contracts/http';
import type { PersonRef } from '#contracts/records';
import type { VersionRef } from '#contracts/verdicts';
import type { DeadLetter } from '#libs/event-bus/port';
import type { EventStore } from '#libs/event-store/port';
import type { Candidate } from '#libs/domain/matching';
import type { Clock, KeyedHash } from '#libs/platform';
import type { RepairOutcome, ViewStatus } from '#libs/projections';
import type { DeskSettings } from './desk-settings.ts';
import type { MeasuredAnswer } from './http/measure-answers.ts';
import type { ImportService } from './imports/import-service.ts';
import type { RulesService } from './rules/rules-service.ts';

/** Someone who may be the person that a check did not find. */
export interface FoundCandidate extends Candidate {
  readonly resident: VersionRef;
}

/** What a request failed with. Neither the address nor the message is in it: they might hold a personal value. */
export interface RequestFailure {
  /** What the client was told, to find this by. */
  readonly requestId: string;
  readonly method: string;
  /** The route, not the address: `/api/v1/reconciliations/:check/:hash`. */
  readonly route: string;
  readonly name: string;
  readonly code: string | undefined;
  /** Where it was thrown: lines without the message. */
  readonly stack: string;
}

/** What the desk asks of the parts that follow the log. */
export interface DeskOperations {
  /** How far the linker and the reconcilers are; rejects or throws when they are not alive. */
  linking(): { readonly position: number; readonly caughtUp: boolean };
  /** How following the registries goes; empty where none is followed here. */
  feeds(): Promise<readonly FeedItem[]>;
  viewsStatus(): Promise<readonly ViewStatus[]>;
  /** True once every view has what is in the log up to here; false when the time is over. */
  viewsCaughtUpTo(position: number, timeoutMilliseconds: number): Promise<boolean>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Rejects with an error of code `dead-letter-not-found` when there is none. */
  retryDeadLetter(messageId: string, group: string): Promise<void>;
  setAsideDeadLetter(messageId: string, group: string, reason: string): Promise<void>;
  /** The same for events that a view could not fold. */
  retryViewDeadLetters(view: string, stream: string): Promise<RepairOutcome>;
  setAsideViewDeadLetter(
    view: string,
    event: { readonly stream: string; readonly streamVersion: number },
    reason: string,
  ): Promise<RepairOutcome>;
}

/** Everything that the desk needs from outside. */
export interface StewardDeskDeps {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Directory of the views' files. */
  readonly views: string;
  readonly operations: DeskOperations;
  readonly imports: ImportService;
  readonly rules: RulesService;
  readonly settings: DeskSettings;
  /** Told of every request that ended in a fault of the hub. */
  readonly onFailure: (failure: RequestFailure) => void;
  /** Told of each answer how long it took. */
  readonly onAnswer?: (answer: MeasuredAnswer) => void;
  /** Who comes into question for a person that a check did not find: best first, at most five. Left out, none are shown. */
  readonly findCandidates?: (person: PersonRef) => Promise<readonly FoundCandidate[]>;
}

/** The token under which the desk's parts are given `StewardDeskDeps`. */
export const DESK = Symbol('steward-desk');
