import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Traceparent } from '#libs/telemetry';
import { traceOf } from './tracing.ts';

const Rate = Type.Number({ minimum: 0, maximum: 1 });

/** What can be set while the source runs; whatever is left out stays as it is. */
export const SourceSettingsPatch = Type.Object(
  {
    latencyMilliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    failureRate: Type.Optional(Rate),
    applyRate: Type.Optional(Rate),
    refuseRate: Type.Optional(Rate),
    delayMilliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_600_000 })),
  },
  { additionalProperties: false },
);
export type SourceSettingsPatch = Static<typeof SourceSettingsPatch>;

export interface AdminParts {
  change(patch: SourceSettingsPatch): object;
  /** The cursor of the new version; undefined when the content was the very same. */
  put(record: string, content: unknown, traceparent: Traceparent | undefined): string | undefined;
  keeps(record: string): boolean;
}

/** What only whoever plays the registry may do: change a record at the source, and make the source slow or unreliable. */
export function addAdminRoutes(app: FastifyInstance, source: AdminParts): void {
  app.put<{ Body: SourceSettingsPatch }>(
    '/admin/settings',
    { schema: { body: SourceSettingsPatch } },
    async (request) => source.change(request.body),
  );

  app.put<{ Params: { record: string }; Body: Record<string, unknown> }>(
    '/admin/records/:record',
    { schema: { body: Type.Object({}, { additionalProperties: true }) } },
    async (request, reply) => {
      if (!source.keeps(request.params.record)) return reply.code(404).send({ code: 'unknown-record-type' });
      const cursor = source.put(request.params.record, request.body, traceOf(request));
      return cursor === undefined ? { changed: false } : { changed: true, cursor };
    },
  );
}
