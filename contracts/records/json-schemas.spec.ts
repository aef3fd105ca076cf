import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { recordJsonSchemas } from './json-schemas.ts';

const schemas = [...recordJsonSchemas()];

/** `UPDATE_SCHEMAS=1 npm test -- json-schemas` writes them anew. */
describe('the JSON Schemas of records', () => {
  it.each(schemas)('%s is as the types say', (name, expected) => {
    const path = join(import.meta.dirname, name);
    if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(path, `${expected}\n`);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(`${expected}\n`);
  });

  it.each(schemas)('%s is a valid schema, and takes a withdrawn record by its key alone', (name, text) => {
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(JSON.parse(text) as object);
    const register = { wardCode: '00004', book: '1', number: '2', registeredOn: '2026-02-03' };
    const key = { enterpriseCode: '0100233488', taxCode: '0100233488', personalId: '001080000001', register };
    const [field = ''] = Object.keys(key).filter((candidate) =>
      text.includes(`"then": {\n    "required": [\n      "${candidate}"`),
    );
    const record = { [field]: Object.entries(key).find(([candidate]) => candidate === field)?.[1] };
    expect(validate({ ...record, withdrawn: true })).toBe(true);
    expect(validate({ ...record })).toBe(false);
    expect(validate({ ...record, withdrawn: true, unknown: 1 })).toBe(false);
    expect(name).toMatch(/^[a-z]+\.schema\.json$/);
  });
});
