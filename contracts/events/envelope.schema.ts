import Type, { type TObject, type TSchema } from 'typebox';
import { Closed, Name, StreamVersion, Traceparent, UtcMoment, type MessageOf } from '#contracts/shared';
import type { EventDefinition } from './define.ts';

/** What stands around the content of every event in the log. */
const envelopeFields = {
  /** Unique within its stream. A derived event takes it from its cause, so that a retry has the same. */
  id: Name,
  /** Wire name with version, such as `khop.reconciliation.tax-id-verified.v1`. */
  type: Type.String({ pattern: '^khop([.][a-z-]+){2}[.]v[0-9]+$' }),
  /** The version that the wire name ends with. */
  schemaVersion: Type.Integer({ minimum: 1 }),
  stream: Name,
  /** Place in its stream, from 0, without gaps. */
  streamVersion: StreamVersion,
  /** Place in the log. */
  position: Type.Integer({ minimum: 1 }),
  /** When it happened, by the source's or the commander's clock. */
  occurredAt: UtcMoment,
  /** When it was stored, by the store's clock. */
  recordedAt: UtcMoment,
  /** What belongs together from source to settlement has one. */
  correlationId: Name,
  /** Id of the event or command that it came from. */
  causationId: Type.Optional(Name),
  traceparent: Type.Optional(Traceparent),
  /** Who or what acted. */
  actor: Type.Optional(Name),
};

/** Any event of the log: `data` is public, everything personal stands in `personal`, which is stored apart. */
export const EventEnvelope = Type.Object(
  {
    ...envelopeFields,
    data: Type.Object({}, { additionalProperties: true }),
    personal: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { ...Closed, $id: 'khop.event-envelope.v1', title: 'event-envelope' },
);

/** An event without its content. */
export type EventMetadataFields = MessageOf<TObject<typeof envelopeFields>>;

/** One version of one event type as it stands in the log. Its personal part is missing once it is erased. */
export function eventSchema({ type, schemaVersion, data, personal }: EventDefinition): TObject {
  return Type.Object(
    {
      ...envelopeFields,
      type: Type.Literal(type),
      schemaVersion: Type.Literal(schemaVersion),
      data,
      ...(personal !== undefined && { personal: Type.Optional<TSchema>(personal) }),
    },
    { ...Closed, $id: type, title: type },
  );
}
