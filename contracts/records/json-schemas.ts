import type { TObject } from 'typebox';
import { jsonSchemaOf } from '#contracts/shared';
import { RECORDS } from './names.ts';

/**
 * The records as JSON Schemas for those who hand them to the hub, by file name. A withdrawn record needs its key only. Intake accepts
 * more spellings than these say; what is stored always fits them.
 */
export function recordJsonSchemas(): ReadonlyMap<string, string> {
  return new Map(RECORDS.map(({ record, schema, keyFields }) => [`${record}.schema.json`, jsonOf(schema, keyFields)]));
}

function jsonOf(schema: TObject, keyFields: readonly string[]): string {
  const { required, ...rest } = schema;
  return jsonSchemaOf({
    ...rest,
    if: { properties: { withdrawn: { const: true } }, required: ['withdrawn'] },
    then: { required: keyFields },
    else: { required },
  });
}
