import { recordTypeOfStream } from '#contracts/events';
import { REGISTRY_OF, type Registry } from '#contracts/records';
import type { Check, Verdict, VersionRef } from '#contracts/verdicts';

/** One request goes to one registry: what several of them own takes several requests. */
export interface SideRefused {
  readonly ok: false;
  readonly code: 'fields-of-several-registries';
  readonly registries: readonly Registry[];
}

/**
 * Whose record a correction of these fields is for, by the field-authority table: the counterpart's when only its
 * registry owns them, else the checked record's.
 */
export function correctionSide(
  verdict: Verdict | null,
  fields: readonly string[],
  fieldAuthority: (check: Check, field: string | null) => Registry,
): 'left' | 'right' | SideRefused {
  if (verdict === null) return 'left';
  const registries = [...new Set(fields.map((field) => fieldAuthority(verdict.check, field)))];
  if (registries.length > 1) return { ok: false, code: 'fields-of-several-registries', registries };
  const [authority] = registries;
  return registryOf(verdict.left) !== authority && registryOf(verdict.right) === authority ? 'right' : 'left';
}

function registryOf(ref: VersionRef | null): Registry | undefined {
  const record = ref === null ? undefined : recordTypeOfStream(ref.stream);
  return record && REGISTRY_OF[record];
}
