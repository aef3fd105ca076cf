import type { EventBus } from '#libs/event-bus/port';
import type { EventStoreReader } from '#libs/event-store/port';
import { persist, type SourceClient } from '../source/index.ts';
import { orderOf, type OrderDeps } from './correction-order.ts';
import {
  createCorrectionHandler,
  DEFAULT_SENDING,
  type AnswerCorrection,
  type SendingSettings,
} from './corrections.handler.ts';
import { correctionTopic, followCorrectionRequests } from './corrections.reaction.ts';
import { DEFAULT_DECISION_SETTINGS, followDecisions, type DecisionSettings } from './decisions.follower.ts';
import { openRequests } from './open-requests.ts';

export interface CorrectionsDeps extends OrderDeps {
  readonly reader: EventStoreReader;
  readonly bus: Pick<EventBus, 'publish' | 'subscribe'>;
  readonly client: SourceClient;
  readonly answerCorrection: AnswerCorrection;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  /** Told of each failure of following the log or the decisions, with how many there were in a row. */
  readonly onFailure: (error: unknown, failures: number) => void;
}

export interface CorrectionsOptions {
  readonly registry: string;
  /** File of the reaction's own position and open requests, such as `reactions/corrections-residents.sqlite`. */
  readonly file: string;
  readonly sending?: Partial<SendingSettings>;
  readonly decisions?: Partial<DecisionSettings>;
}

/** The name of the group that sends correction requests to their sources. */
export const CORRECTIONS_GROUP = 'corrections';

/**
 * Sends a registry its correction requests, and writes what it answers back to the reconciliations, until `stop`. A reaction:
 * it has side effects, so it must not run in a replay.
 */
export async function startCorrections(
  deps: CorrectionsDeps,
  { registry, file, sending, decisions }: CorrectionsOptions,
): Promise<{ stop(): Promise<void> }> {
  const { client, reader, bus, answerCorrection, random, onFailure } = deps;
  const settings = { ...DEFAULT_DECISION_SETTINGS, ...decisions };
  const stopping = new AbortController();
  const { signal } = stopping;
  const requests = openRequests(file, registry, correctionTopic(registry));
  const handler = createCorrectionHandler(
    { client, requests, orderOf: (event) => orderOf(deps, event), answerCorrection, random, signal },
    { ...DEFAULT_SENDING, ...sending },
  );
  const subscription = await bus.subscribe({ topic: correctionTopic(registry), group: CORRECTIONS_GROUP }, handler);

  // A decision on a request that the fold has not seen yet would be passed over: decisions come after it has caught up.
  const caughtUp = Promise.withResolvers<undefined>();
  const persistence = { signal, backoff: settings.backoff, random, onFailure };
  const running = Promise.all([
    persist(
      () =>
        followCorrectionRequests(
          { reader, bus, requests, onCaughtUp: () => caughtUp.resolve(undefined) },
          registry,
          signal,
        ),
      persistence,
    ).finally(() => caughtUp.resolve(undefined)),
    caughtUp.promise.then(() =>
      followDecisions({ client, requests, answerCorrection, random, onFailure }, settings, signal),
    ),
  ]).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

  return {
    async stop() {
      stopping.abort();
      await Promise.all([running, subscription.close()]);
      requests.close();
    },
  };
}
