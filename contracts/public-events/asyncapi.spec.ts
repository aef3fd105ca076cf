import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { asyncApi } from './asyncapi.ts';

const COMMITTED = new URL('../asyncapi.json', import.meta.url);

describe('the description of the topics', () => {
  it('is the one that is committed: UPDATE=1 writes it anew', () => {
    const text = `${JSON.stringify(asyncApi(), null, 2)}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(COMMITTED, text);
    expect(text).toBe(readFileSync(COMMITTED, 'utf8'));
  });

  it('points to nothing that is not there', () => {
    const document = asyncApi();
    for (const [, path = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let at: unknown = document;
      for (const part of path.split('/')) at = (at as Readonly<Record<string, unknown>>)[part];
      expect([path, typeof at]).toEqual([path, 'object']);
    }
  });
});
