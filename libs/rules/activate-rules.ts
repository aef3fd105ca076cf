import { RULES_STREAM, RulesActivated, RulesAdded, type EventDefinition } from '#contracts/events';
import type { Rules } from '#contracts/rules';
import type { EventStore, JsonObject, NewEvent } from '#libs/event-store/port';
import { canonicalJson, derivedId, toTimestamp, type Clock } from '#libs/platform';
import type { RulesBook } from './rules-book.ts';

export interface ActivateRules {
  readonly rules: Rules;
  readonly actor: string;
  readonly traceparent?: string | undefined;
  /** Hash of the rules that a dry run compared with (null: there were none); others must not have been activated since. */
  readonly insteadOf?: string | null;
}

/** What came of it; refused, nothing was written. */
export type ActivationOutcome =
  | { readonly ok: true; readonly hash: string; readonly position: number }
  | { readonly ok: false; readonly code: 'rules-active-already' | 'rules-version-taken' | 'rules-changed-meanwhile' };

/**
 * Activates rules: from that position of the log on, everything is judged by them, and what was judged before is judged again. A
 * version that the log knows stays as it is: other rules need another version.
 */
export async function activateRules(
  { store, book, clock }: { readonly store: EventStore; readonly book: RulesBook; readonly clock: Clock },
  { rules, actor, traceparent, insteadOf }: ActivateRules,
): Promise<ActivationOutcome> {
  const hash = book.hashOf(rules);
  for (;;) {
    await book.refresh();
    const active = book.active();
    if (insteadOf !== undefined && insteadOf !== (active?.hash ?? null)) return refused('rules-changed-meanwhile');
    if (active?.hash === hash) return refused('rules-active-already');
    const known = book.find(rules.version);
    if (known !== undefined && canonicalJson(known) !== canonicalJson(rules)) return refused('rules-version-taken');

    const readTo = book.readTo();
    const eventOf = (definition: EventDefinition, data: JsonObject): NewEvent => ({
      id: derivedId(definition.type, hash, readTo),
      type: definition.type,
      schemaVersion: definition.schemaVersion,
      occurredAt: toTimestamp(clock()),
      correlationId: derivedId('rules-activation', hash, readTo),
      traceparent,
      actor,
      data,
    });
    const activated = eventOf(RulesActivated, { version: rules.version, hash, tables: [book.units.version] });
    const added = eventOf(RulesAdded, { rules: asJson(rules) });
    const [result] = await store.append([
      {
        stream: RULES_STREAM,
        expected: readTo === 0 ? 'no-stream' : readTo - 1,
        events: book.isInLog(rules.version) ? [activated] : [added, activated],
      },
    ]);
    if (result?.ok === true) {
      await book.refresh();
      return { ok: true, hash, position: result.position };
    }
  }
}

const refused = (code: Extract<ActivationOutcome, { ok: false }>['code']): ActivationOutcome => ({ ok: false, code });

const asJson = (rules: Rules): JsonObject => JSON.parse(JSON.stringify(rules)) as JsonObject;
