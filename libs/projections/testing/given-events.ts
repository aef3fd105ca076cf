import {
  VERDICT_NAMES,
  recordEventType,
  recordStream,
  reconciliationStream,
  type EventDefinition,
} from '#contracts/events';
import { REGISTRY_OF, type RecordType } from '#contracts/records';
import type { Check, Verdict } from '#contracts/verdicts';
import type { JsonObject, NewEvent } from '#libs/event-store/port';

let ids = 0;

/** Hash of a stream in a test: 32 hex digits that begin with the number. */
export const hashOf = (number: number): string => number.toString(16).padStart(32, '0');

/** An event of any kind, at a fixed time unless told otherwise. */
export function event(
  type: EventDefinition | string,
  data: JsonObject,
  { at = '2026-11-02T03:00:00.000Z', personal, id }: { at?: string; personal?: JsonObject; id?: string } = {},
): NewEvent {
  ids += 1;
  return {
    id: id ?? `event-${ids}`,
    type: typeof type === 'string' ? type : type.type,
    schemaVersion: 1,
    occurredAt: at,
    correlationId: 'test',
    data,
    ...(personal !== undefined && { personal }),
  };
}

/** A version of a record. */
export function recordEvent(
  record: RecordType,
  change: 'registered' | 'amended' | 'withdrawn',
  { key = '1', content = {}, late = false }: { key?: string; content?: JsonObject; late?: boolean } = {},
): NewEvent {
  const registry = REGISTRY_OF[record];
  return event(
    recordEventType(registry, record, change),
    {
      registry,
      record,
      intakeId: 'intake',
      source: { kind: 'file', line: 1 },
      late,
      withdrawn: change === 'withdrawn',
    },
    { personal: { key, contentHash: 'hash', content } },
  );
}

/** A verdict of a check; unless told otherwise a match of a birth with a resident. */
export function verdict(overrides: Partial<Verdict> = {}): Verdict {
  return {
    check: 'birth',
    outcome: 'MATCHED',
    codes: [],
    findings: [],
    left: { stream: recordStream('birth', hashOf(1)), version: 0 },
    right: { stream: recordStream('resident', hashOf(2)), version: 0 },
    rules: '2026-11-01',
    rulesHash: 'rules',
    asOf: 1,
    valuesHash: 'values',
    ward: '00001',
    ...overrides,
  };
}

/** A mismatch by one field. */
export const mismatch = (overrides: Partial<Verdict> = {}): Verdict =>
  verdict({
    outcome: 'MISMATCHED',
    codes: ['FIELD_MISMATCH'],
    findings: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
    ...overrides,
  });

export function verdictEvent(given: Verdict, options: { at?: string; id?: string } = {}): NewEvent {
  const { left, right, findings, ...rest } = given;
  return event(
    VERDICT_NAMES[given.check][given.outcome],
    { ...rest, findings: findings.map((finding) => ({ ...finding })), left: { ...left }, right: right && { ...right } },
    options,
  );
}

/** The stream of a reconciliation in a test. */
export const reconciliation = (number: number, check: Check = 'birth'): string =>
  reconciliationStream(check, hashOf(number));
