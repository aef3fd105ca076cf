import { RULES_STREAM, RulesActivated } from '#contracts/events';
import { loadRules, loadWardsCsv, rulesHash, type Rules } from '#contracts/rules';
import { createAdministrativeUnits, type AdministrativeUnits } from '#libs/domain/identity';
import type { EventStore } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock } from '#libs/platform';

/** The rules that this version of the hub judges by, with their tables. */
export interface RulesInForce {
  readonly rules: Rules;
  readonly hash: string;
  readonly units: AdministrativeUnits;
}

export function loadRulesInForce(): RulesInForce {
  const wardsCsv = loadWardsCsv();
  const rules = loadRules();
  return { rules, hash: rulesHash(rules, wardsCsv), units: createAdministrativeUnits(wardsCsv) };
}

/**
 * Activates the rules unless they are active already: from that position of the log on, everything is judged by them, and
 * what was judged before is judged again.
 */
export async function activateRules(
  store: EventStore,
  { rules, hash, units }: RulesInForce,
  clock: Clock,
  actor: string,
): Promise<boolean> {
  for (;;) {
    const [latest] = await store.readStream(RULES_STREAM, { direction: 'backwards', limit: 1 });
    if (latest?.data['hash'] === hash) return false;
    const id = derivedId('rules-activated', hash, latest?.streamVersion ?? -1);
    const [result] = await store.append([
      {
        stream: RULES_STREAM,
        expected: latest?.streamVersion ?? 'no-stream',
        events: [
          {
            id,
            type: RulesActivated.type,
            schemaVersion: RulesActivated.schemaVersion,
            occurredAt: toTimestamp(clock()),
            correlationId: id,
            actor,
            data: { version: rules.version, hash, tables: [units.version] },
          },
        ],
      },
    ]);
    if (result?.ok === true) return true;
  }
}
