import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { createDeskServer } from './index.ts';
import { openDesk } from './testing/desk-scene.ts';

describe('a desk that is to stop', () => {
  it('answers what it is about to answer', async () => {
    const asked = Promise.withResolvers<undefined>();
    const known = Promise.withResolvers<[]>();
    const desk = await openDesk({
      deps: ({ operations }) => ({
        operations: {
          ...operations,
          viewsStatus: () => {
            asked.resolve(undefined);
            return known.promise;
          },
        },
      }),
    });
    const answering = desk.get('/health/ready');
    await asked.promise;
    const closing = desk.close();
    known.resolve([]);
    expect((await answering).status).toBe(503);
    await closing;
  });

  it('does not wait for one that never ends', async () => {
    const desk = await openDesk({ settings: { closeGraceMilliseconds: 50 } });
    const sent = request(new URL('/api/v1/imports?record=resident', desk.address), {
      method: 'POST',
      headers: { 'khop-actor': 'Lan', 'khop-file-name': 'a.jsonl', 'content-type': 'text/plain' },
    });
    const failed = new Promise((resolve) => sent.once('error', resolve));
    sent.write('half a line');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await desk.close();
    expect(await failed).toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a desk that can not listen', () => {
  it('says why by the code of the system', async () => {
    const desk = await openDesk();
    const port = Number(new URL(desk.address).port);
    await expect(createDeskServer(desk.deps, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await desk.close();
  });
});
