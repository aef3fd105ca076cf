import {
  DEFAULT_BACKOFF,
  persist,
  SourceRefusedError,
  type BackoffSettings,
  type SourceClient,
} from '../source/index.ts';
import { answerTo, type AnswerCorrection } from './corrections.handler.ts';
import type { OpenRequests } from './open-requests.ts';

export interface DecisionDeps {
  readonly client: Pick<SourceClient, 'decisions'>;
  readonly requests: OpenRequests;
  readonly answerCorrection: AnswerCorrection;
  readonly random: () => number;
  readonly onFailure: (error: unknown, failures: number) => void;
}

export interface DecisionSettings {
  readonly pageSize: number;
  /** How long a request for decisions is kept open when there are none. */
  readonly waitSeconds: number;
  readonly backoff: BackoffSettings;
}

export const DEFAULT_DECISION_SETTINGS: DecisionSettings = { pageSize: 500, waitSeconds: 20, backoff: DEFAULT_BACKOFF };

/**
 * Follows what the registry's officers decide, and writes refusals back. What they apply needs no answer: it comes as a new
 * version through the feed. A decision on a request that is over is passed over. Ends when the signal is aborted.
 */
export async function followDecisions(
  deps: DecisionDeps,
  settings: DecisionSettings,
  signal: AbortSignal,
): Promise<void> {
  const persistence = { signal, backoff: settings.backoff, random: deps.random, onFailure: deps.onFailure };
  while (!signal.aborted) {
    await persist(() => takePage(deps, settings, signal), persistence).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function takePage(
  { client, requests, answerCorrection }: DecisionDeps,
  { pageSize, waitSeconds }: DecisionSettings,
  signal: AbortSignal,
): Promise<void> {
  const since = requests.decisionCursor();
  const page = await client.decisions({ since, limit: pageSize, waitSeconds }, signal).catch((error: unknown) => {
    // The source was set up anew: what it decides comes from the beginning again.
    if (error instanceof SourceRefusedError && error.status === 410) requests.saveDecisionCursor(undefined);
    throw error;
  });
  for (const decision of page.decisions) {
    const request = requests.find(decision.requestId);
    if (request !== undefined && decision.state === 'refused') {
      await answerCorrection(request.event.stream, answerTo(decision));
    }
    // One by one: answers that were written are not written again after a failure in the middle of a page.
    requests.saveDecisionCursor(decision.cursor);
  }
}
