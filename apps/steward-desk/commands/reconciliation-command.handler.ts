import { checkOfStream } from '#contracts/events';
import { decide, evolve, type Answer, type DecidedEvent } from '#libs/domain/reconciliation';
import type { EventStore, NewEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock } from '#libs/platform';
import { tracing, type Traceparent } from '#libs/telemetry';
import type { CommandAnswer, CommandDone } from './command-answer.ts';
import { commandOf, type CommandRequest, type CommandTerms } from './command-request.ts';
import { loadSince, NOTHING_LOADED, type Loaded } from './reconciliation.loader.ts';

export interface CommandDeps extends Pick<CommandTerms, 'claimLeaseMinutes' | 'fieldAuthority' | 'isCorrectable'> {
  readonly store: Pick<EventStore, 'append' | 'readStream'>;
  readonly clock: Clock;
}

type EventFrame = Omit<NewEvent, 'type' | 'schemaVersion' | 'data' | 'personal'>;

/** How often a command is decided again because somebody else wrote to the same reconciliation meanwhile. */
const MAX_DECISIONS = 10;

/**
 * Carries out a command of a steward, or a registry's answer, on the reconciliation of this stream. A refusal is an
 * answer, with its code. Rejects with `EventStoreUnavailableError` (nothing was written) or `OutcomeUnknownError`; either
 * way the same command may be sent again under the same id, and is answered once.
 */
export async function handleReconciliationCommand(
  deps: CommandDeps,
  stream: string,
  request: CommandRequest,
  trace: { readonly traceparent?: Traceparent | undefined } = {},
): Promise<CommandAnswer> {
  if (checkOfStream(stream) === undefined) return { ok: false, code: 'no-such-reconciliation' };
  const loaded = await loadSince(deps.store, stream, NOTHING_LOADED);
  const { parent, links } = originOf(loaded.latest?.traceparent, trace.traceparent);
  const attributes = { 'khop.reconciliation': stream };
  return tracing().run(request.type, { parent, links, attributes }, async (span) => {
    const answer = await carryOut(deps, stream, request, loaded, span.traceparent);
    span.set({ 'khop.answer': answer.ok ? 'ok' : answer.code });
    return answer;
  });
}

/**
 * What a command goes on with: the trace of what it follows from; of its own request, where that alone is being kept or known. The
 * other is linked.
 */
function originOf(reconciliation: Traceparent | undefined, request: Traceparent | undefined) {
  const requestAlone = tracing().follows(request) && !tracing().follows(reconciliation);
  return reconciliation === undefined || requestAlone
    ? { parent: request, links: [reconciliation] }
    : { parent: reconciliation, links: [request] };
}

async function carryOut(
  deps: CommandDeps,
  stream: string,
  request: CommandRequest,
  before: Loaded,
  traceparent: Traceparent | undefined,
): Promise<CommandAnswer> {
  const now = deps.clock();
  let loaded = before;
  for (let round = 1; round <= MAX_DECISIONS; round++) {
    if (round > 1) loaded = await loadSince(deps.store, stream, loaded);
    const { state, latest } = loaded;
    if (latest === undefined) return { ok: false, code: 'no-such-reconciliation' };

    const command = commandOf(request, { ...deps, stream, now }, state);
    if ('ok' in command) return command;
    const decision = decide(command, state);
    if (!decision.ok) return decision;
    if (decision.repeated !== undefined || decision.events.length === 0) {
      const { position, streamVersion } = loaded.answers.get(request.commandId) ?? latest;
      return done(decision.repeated, { repeated: decision.repeated !== undefined, position, streamVersion });
    }

    const events = decision.events.map((event, index) =>
      toNewEvent(event, {
        id: derivedId(stream, request.actor, request.type, request.commandId, index),
        occurredAt: toTimestamp(now),
        correlationId: latest.correlationId,
        causationId: latest.id,
        traceparent: traceparent ?? latest.traceparent,
        actor: request.actor,
      }),
    );
    const [result] = await deps.store.append([{ stream, expected: latest.streamVersion, events }]);
    if (result === undefined) throw new Error('The event store did not answer the append');
    if (result.ok) {
      const { answers } = events.reduce(evolve, state);
      const answer = answers.find(({ commandId }) => commandId === request.commandId);
      const { position, streamVersion, repeated } = result;
      return done(answer, { position, streamVersion, repeated });
    }
    if (result.code === 'too-large') return { ok: false, code: 'too-large', limitBytes: result.limitBytes };
    // A command older than the answers that the state remembers.
    if (result.code === 'event-id-reused')
      return { ok: false, code: 'command-id-reused', commandId: request.commandId };
  }
  return { ok: false, code: 'contended' };
}

function toNewEvent({ type, schemaVersion, data, personal }: DecidedEvent, metadata: EventFrame): NewEvent {
  return { ...metadata, type, schemaVersion, data, ...(personal && { personal }) };
}

/** The same for the first time and for every retry: what the command's last event says, and where it stands. */
function done(
  answer: Answer | undefined,
  place: Pick<CommandDone, 'repeated' | 'position' | 'streamVersion'>,
): CommandDone {
  return {
    ok: true,
    ...place,
    ...(answer?.holder !== undefined && { holder: answer.holder }),
    ...(answer?.leaseUntil !== undefined && { leaseUntil: answer.leaseUntil }),
    ...(answer?.requestId !== undefined && { requestId: answer.requestId }),
  };
}
