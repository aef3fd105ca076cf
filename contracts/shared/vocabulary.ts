import Type, { type TSchema } from 'typebox';

/** What a shape is closed against: a field that it does not name is a mistake. */
export const Closed = { additionalProperties: false } as const;

export const literals = <T extends string>(values: readonly T[]) => Type.Enum([...values] as T[]);
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** A name, a version or an id: anything but nothing. */
export const Name = Type.String({ minLength: 1 });

/** RFC 3339 in UTC. */
export const UtcMoment = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$',
});

/** W3C trace context. */
export const Traceparent = Type.String({ pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' });

/** Place in a stream, from 0. */
export const StreamVersion = Type.Integer({ minimum: 0 });
