import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandJsonSchemas } from './commands/json-schemas.ts';
import { eventJsonSchemas } from './events/json-schemas.ts';
import { publicEventJsonSchemas } from './public-events/json-schemas.ts';
import { recordJsonSchemas } from './records/json-schemas.ts';
import { rulesJsonSchemas } from './rules/json-schemas.ts';
import { verdictJsonSchemas } from './verdicts/json-schemas.ts';
import { workJsonSchemas } from './work/json-schemas.ts';

const CONTRACTS = {
  commands: commandJsonSchemas(),
  events: eventJsonSchemas(),
  'public-events': publicEventJsonSchemas(),
  records: recordJsonSchemas(),
  rules: rulesJsonSchemas(),
  verdicts: verdictJsonSchemas(),
  work: workJsonSchemas(),
};

/** `UPDATE_SCHEMAS=1 npm test -- json-schemas` writes them anew. */
describe.each(Object.entries(CONTRACTS))('the JSON Schemas of %s', (contract, schemas) => {
  const directory = join(import.meta.dirname, contract, 'schemas');

  it.each([...schemas])('%s is as the types say', (name, expected) => {
    const path = join(directory, name);
    if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(path, `${expected}\n`);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(`${expected}\n`);
  });

  it('are all there is', () => {
    expect(readdirSync(directory).sort()).toEqual([...schemas.keys()].sort());
  });
});

it('the JSON Schemas refer to each other by their ids, and to nothing else', () => {
  const texts = Object.values(CONTRACTS).flatMap((schemas) => [...schemas.values()]);
  const documents = texts.map((text) => JSON.parse(text) as { readonly $id: string });
  const ajv = new Ajv({ strict: true, strictRequired: false, schemas: documents });
  for (const { $id } of documents) expect(ajv.getSchema($id)).toBeDefined();
});
