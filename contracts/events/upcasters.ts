import { DeadLetterSetAsideV1, RulesActivatedV1 } from './former.events.ts';
import { DeadLetterSetAside, RulesActivated } from './hub.events.ts';

/** What an upcaster looks at: every stored event fits. */
interface VersionedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: { readonly [key: string]: unknown };
}

/** Reads a version of an event type that is no longer written as the one after it. Pure: a replay gives the same. */
interface Upcaster {
  readonly from: string;
  readonly to: { readonly type: string; readonly schemaVersion: number };
  readonly data: (data: VersionedEvent['data']) => { readonly [key: string]: unknown };
}

/**
 * One for each version that was ever written and is not written any more. They only ever grow: a log is kept for ever, and
 * nothing in it is rewritten.
 */
const UPCASTERS: readonly Upcaster[] = [
  {
    from: RulesActivatedV1.type,
    to: RulesActivated,
    data: (data) => ({ ...data, tables: ['wards-2025'] }),
  },
  {
    // The reason was free text in the public part: it is not shown there any more.
    from: DeadLetterSetAsideV1.type,
    to: DeadLetterSetAside,
    data: ({ messageId }) => ({ messageId }),
  },
];

const BY_TYPE = new Map(UPCASTERS.map((upcaster) => [upcaster.from, upcaster]));

/** The event as the newest version of its type; an event that is of that version already is returned as it is. */
export function upcast<E extends VersionedEvent>(event: E): E {
  let current = event;
  for (let upcaster = BY_TYPE.get(event.type); upcaster !== undefined; upcaster = BY_TYPE.get(current.type)) {
    const { type, schemaVersion } = upcaster.to;
    current = { ...current, type, schemaVersion, data: upcaster.data(current.data) };
  }
  return current;
}

/** The types with those whose events read as one of them: what a filter has to ask the log for. */
export function withFormerTypes(types: readonly string[]): readonly string[] {
  const all = new Set(types);
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const { from, to } of UPCASTERS) if (all.has(to.type)) all.add(from);
  }
  return [...all];
}
