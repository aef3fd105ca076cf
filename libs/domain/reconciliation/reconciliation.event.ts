import type { EventData, EventDefinition } from '#contracts/events';
import type { Frozen, JsonObject } from '#contracts/shared';

export type { Json, JsonObject } from '#contracts/shared';

/** An event of the stream, as far as the fold looks at it: every recorded event fits. */
export interface ReconciliationEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  /** RFC 3339 in UTC. */
  readonly occurredAt: string;
  readonly actor?: string | undefined;
}

/** An event to be appended. Who appends it adds time, trace and actor. */
export interface DecidedEvent {
  /** Given for a verdict, which others refer to; else derived by the caller from the command and the event's place. */
  readonly id?: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

type PersonalOf<D extends EventDefinition> = Frozen<
  EventData<{ type: string; schemaVersion: number; data: Exclude<D['personal'], undefined>; personal: undefined }>
>;

/** An event as its contract says; `personal` where the contract has such a part. */
export function happened<D extends EventDefinition>(
  definition: D,
  data: Frozen<EventData<D>> & JsonObject,
  ...[personal]: D['personal'] extends undefined ? [] : [personal: PersonalOf<D> & JsonObject]
): DecidedEvent {
  const { type, schemaVersion } = definition;
  return personal === undefined ? { type, schemaVersion, data } : { type, schemaVersion, data, personal };
}
