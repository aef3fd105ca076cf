import type { TObject } from 'typebox';
import { jsonSchemaOf } from '#contracts/shared';
import { Birth, Death, Marriage } from './civil-status.schema.ts';
import { Enterprise } from './enterprise.schema.ts';
import type { RecordType } from './index.ts';
import { Resident } from './resident.schema.ts';
import { Taxpayer } from './taxpayer.schema.ts';

const RECORDS: { readonly [T in RecordType]: { readonly schema: TObject; readonly key: string } } = {
  enterprise: { schema: Enterprise, key: 'enterpriseCode' },
  taxpayer: { schema: Taxpayer, key: 'taxCode' },
  birth: { schema: Birth, key: 'register' },
  death: { schema: Death, key: 'register' },
  marriage: { schema: Marriage, key: 'register' },
  resident: { schema: Resident, key: 'personalId' },
};

/**
 * The records as JSON Schemas for those who hand them to the hub, by file name. A withdrawn record needs its key only. Intake accepts
 * more spellings than these say; what is stored always fits them.
 */
export function recordJsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(RECORDS).map(([record, { schema, key }]) => [`${record}.schema.json`, jsonOf(schema, key)]),
  );
}

function jsonOf(schema: TObject, key: string): string {
  const { required, ...rest } = schema;
  return jsonSchemaOf({
    ...rest,
    if: { properties: { withdrawn: { const: true } }, required: ['withdrawn'] },
    then: { required: [key] },
    else: { required },
  });
}
