import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { recordJsonSchemas } from './json-schemas.ts';

const schemas = [...recordJsonSchemas()];

describe('the JSON Schemas of records', () => {
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
