import type { TSchema } from 'typebox';

/**
 * One version of one event type: its wire name, and the schemas of its public part (`data`) and of its personal
 * part, which is stored apart so that it can be erased with its key.
 */
export interface EventDefinition<
  Data extends TSchema = TSchema,
  Personal extends TSchema | undefined = TSchema | undefined,
> {
  /** Explicit and versioned, such as `khop.reconciliation.tax-id-verified.v1`; never taken from a class. */
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Data;
  readonly personal: Personal;
}

/** Defines an event type; its schema version is the one that its wire name ends with. */
export function defineEvent<Data extends TSchema>(type: string, data: Data): EventDefinition<Data, undefined>;
export function defineEvent<Data extends TSchema, Personal extends TSchema>(
  type: string,
  data: Data,
  personal: Personal,
): EventDefinition<Data, Personal>;
export function defineEvent(type: string, data: TSchema, personal?: TSchema): EventDefinition {
  const version = /\.v([0-9]+)$/.exec(type)?.[1];
  if (version === undefined) throw new TypeError(`${type} does not end with its version, such as .v1`);
  return { type, schemaVersion: Number(version), data, personal };
}
