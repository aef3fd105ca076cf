import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { format, resolveConfig } from 'prettier';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';

const COMMITTED = new URL('../../../contracts/openapi.json', import.meta.url);

describe('the description of the API', () => {
  let desk: DeskScene;
  let document: OpenAPIObject;

  beforeAll(async () => {
    desk = await openDesk();
    document = (await desk.get('/api-json')).body as unknown as OpenAPIObject;
  });
  afterAll(() => desk.close());

  it('is the one that is committed: UPDATE=1 writes it anew', async () => {
    const text = await format(JSON.stringify(document), { ...(await resolveConfig(COMMITTED)), parser: 'json' });
    if (process.env['UPDATE'] === '1') writeFileSync(COMMITTED, text);
    expect(text).toBe(readFileSync(COMMITTED, 'utf8'));
  });

  it('points to nothing that is not there', () => {
    const names = new Set(Object.keys(document.components?.schemas ?? {}));
    const refs = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    expect([...refs].map(([, name]) => name).filter((name) => !names.has(name ?? ''))).toEqual([]);
  });

  it('says of every command that it needs an actor and may be refused', () => {
    const claim = document.paths['/api/v1/reconciliations/{check}/{hash}/claim']?.post;
    expect(claim?.parameters).toContainEqual(
      expect.objectContaining({ name: 'Khop-Actor', in: 'header', required: true }),
    );
    expect(claim?.responses).toHaveProperty('409');
  });

  it('is shown on a page that loads nothing from elsewhere', async () => {
    const response = await fetch(new URL('/api', desk.address));
    const html = await response.text();
    expect(response.status).toBe(200);
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources.filter((source) => source.startsWith('http') || source.startsWith('//'))).toEqual([]);
    for (const source of sources) {
      const asset = await fetch(new URL(source, new URL('/api', desk.address)));
      expect([source, asset.status]).toEqual([source, 200]);
    }
  });
});
