import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { isDeepStrictEqual } from 'node:util';
import type { Traceparent } from '#libs/telemetry';
import { CorrectionOrder, MAX_PAGE_SIZE, MAX_WAIT_SECONDS, type CorrectionState } from '../source/index.ts';
import type { StoredCorrection } from './correction-storage.ts';
import { fromCursor, toCursor } from './cursors.ts';
import type { SourceStorage } from './source-storage.ts';
import { traceOf } from './tracing.ts';
import type { WaitingRoom } from './waiting-room.ts';

const PageQuery = Type.Object({
  since: Type.Optional(Type.String()),
  limit: Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 1000 }),
  wait: Type.Number({ minimum: 0, maximum: MAX_WAIT_SECONDS, default: 0 }),
});
type PageQuery = Static<typeof PageQuery>;
const ChangesQuery = Type.Object({ ...PageQuery.properties, record: Type.String() });
const LookupBody = Type.Object({ key: Type.String() }, { additionalProperties: false });

export interface RouteParts {
  readonly storage: SourceStorage;
  readonly waitingRoom: WaitingRoom;
  /** Takes a correction request for the officer, who is told when to come. */
  readonly takeCorrection: (order: CorrectionOrder, traceparent: Traceparent | undefined) => void;
}

/** The public face of the source: see the protocol of `source`. */
export function addRoutes(app: FastifyInstance, { storage, waitingRoom, takeCorrection }: RouteParts): void {
  /** What `look` finds, after waiting for as long as the client likes to when that is nothing. */
  async function poll<T>(query: PageQuery, signal: AbortSignal, look: () => readonly T[]): Promise<readonly T[]> {
    const until = performance.now() + query.wait * 1000;
    while (!signal.aborted) {
      const found = look();
      const left = until - performance.now();
      if (found.length > 0 || left <= 0) return found;
      await waitingRoom.wait(left, signal);
    }
    return [];
  }

  app.get<{ Querystring: Static<typeof ChangesQuery> }>(
    '/changes',
    { schema: { querystring: ChangesQuery } },
    async (request, reply) => {
      const { record, limit } = request.query;
      const records = storage.records(record);
      const since = fromCursor(request.query.since);
      if (records === undefined) return reply.code(404).send({ code: 'unknown-record-type' });
      if (since === undefined) return reply.code(400).send({ code: 'unknown-cursor' });
      if (since > records.head()) return reply.code(410).send({ code: 'cursor-gone' });
      const changes = await poll(request.query, request.signal, () => records.after(since, limit));
      const last = changes.at(-1)?.sequence ?? since;
      const remaining = records.head() - last;
      // The contents are JSON text already: parsing them to write them again would take most of the time.
      const items = changes.map(({ sequence, content, traceparent }) => {
        const trace = traceparent === undefined ? '' : `,"traceparent":"${traceparent}"`;
        return `{"cursor":"${toCursor(sequence)}","record":"${record}","content":${content}${trace}}`;
      });
      const next = last === 0 ? '' : `,"next":"${toCursor(last)}"`;
      return reply
        .type('application/json')
        .send(`{"changes":[${items.join(',')}]${next},"more":${remaining > 0},"remaining":${Math.max(0, remaining)}}`);
    },
  );

  app.post<{ Params: { record: string }; Body: Static<typeof LookupBody> }>(
    '/records/:record/lookup',
    { schema: { body: LookupBody } },
    async (request, reply) => {
      const found = storage.records(request.params.record)?.current(request.body.key);
      if (found === undefined) return reply.code(404).send({ code: 'unknown-record' });
      const content: unknown = JSON.parse(found.content);
      return { key: request.body.key, cursor: toCursor(found.sequence), content };
    },
  );

  app.get('/counts', async () => ({
    records: Object.fromEntries(storage.recordTypes.map((record) => [record, storage.records(record)?.counts()])),
  }));

  app.post<{ Body: CorrectionOrder }>('/corrections', { schema: { body: CorrectionOrder } }, async (request, reply) => {
    const order = request.body;
    const before = storage.corrections.find(order.requestId);
    if (before === undefined) {
      takeCorrection(order, traceOf(request));
      return reply.code(202).send({ requestId: order.requestId, state: 'received' } satisfies CorrectionState);
    }
    if (!isDeepStrictEqual(JSON.parse(before.order), order)) return reply.code(409).send({ code: 'request-id-reused' });
    return toState(before);
  });

  app.get<{ Params: { requestId: string } }>('/corrections/:requestId', async (request, reply) => {
    const found = storage.corrections.find(request.params.requestId);
    return found === undefined ? reply.code(404).send({ code: 'unknown-request' }) : toState(found);
  });

  app.get<{ Querystring: PageQuery }>('/decisions', { schema: { querystring: PageQuery } }, async (request, reply) => {
    const since = fromCursor(request.query.since);
    if (since === undefined) return reply.code(400).send({ code: 'unknown-cursor' });
    if (since > storage.corrections.lastDecision()) return reply.code(410).send({ code: 'cursor-gone' });
    const found = await poll(request.query, request.signal, () =>
      storage.corrections.decisionsAfter(since, request.query.limit),
    );
    const last = found.at(-1)?.sequence ?? since;
    return {
      decisions: found.map(({ sequence, ...decision }) => ({ cursor: toCursor(sequence), ...decision })),
      ...(last === 0 ? {} : { next: toCursor(last) }),
      more: last < storage.corrections.lastDecision(),
    };
  });
}

/** Nobody at the registry says that a request is being ignored: it just stays received. */
function toState({ requestId, state, reason }: StoredCorrection): CorrectionState {
  return {
    requestId,
    state: state === 'ignored' ? 'received' : state,
    ...(reason === undefined ? {} : { reason }),
  };
}
