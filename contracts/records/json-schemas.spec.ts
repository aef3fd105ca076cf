import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { recordJsonSchemas } from './json-schemas.ts';
import { RECORDS } from './names.ts';

const schemas = recordJsonSchemas();

describe('the JSON Schemas of records', () => {
  it.each(RECORDS)(
    '$record: its example fits, and a withdrawn record by its key alone',
    ({ record, example, keyFields }) => {
      const schema = JSON.parse(schemas.get(`${record}.schema.json`) ?? '') as object;
      const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
      expect(validate(example)).toBe(true);
      const key = Object.fromEntries(keyFields.map((field) => [field, example[field]]));
      expect(validate({ ...key, withdrawn: true })).toBe(true);
      expect(validate(key)).toBe(false);
      expect(validate({ ...key, withdrawn: true, unknown: 1 })).toBe(false);
    },
  );
});
