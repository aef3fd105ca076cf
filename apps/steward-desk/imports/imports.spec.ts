import { request as startRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import type { ImportStatus } from './import-service.ts';

const finished: ImportStatus = {
  importId: 'import-1',
  state: 'completed',
  registry: 'residents',
  record: 'resident',
  actor: 'Lan',
  startedAt: '2026-11-23T05:00:00.000Z',
  finishedAt: '2026-11-23T05:00:01.000Z',
  progress: { read: 3, taken: 2, quarantined: 1, readBytes: 90, totalBytes: 90 },
  report: {
    intakeId: 'intake-1',
    registry: 'residents',
    record: 'resident',
    dryRun: false,
    read: 3,
    taken: 2,
    registered: 2,
    amended: 0,
    withdrawn: 0,
    late: 0,
    unchanged: 0,
    seenBefore: 0,
    quarantined: 1,
    rejectionsByReason: [{ field: 'personalId', code: 'wrong-length', count: 1, lines: [3] }],
    rejections: [],
    unknownFields: new Map([['shoeSize', 3]]),
    seconds: 1,
    recordsPerSecond: 3,
    notes: [],
  },
};

describe('handing a file in', () => {
  let desk: DeskScene;

  beforeAll(async () => {
    desk = await openDesk({
      settings: { maxUploadBytes: 1_000, maxBodyBytes: 100 },
      deps: ({ imports }) => ({
        imports: {
          ...imports,
          get: async (id) => (id === finished.importId ? finished : undefined),
          list: async () => [finished],
        },
      }),
    });
  });
  afterAll(() => desk.close());

  it.each(['ENOSPC', 'EDQUOT'])('says that the disk is full, and whose, where that is so (%s)', async (code) => {
    const full = await openDesk({
      deps: ({ imports }) => ({
        imports: { ...imports, start: () => Promise.reject(Object.assign(new Error('write'), { code })) },
      }),
    });
    const answer = await full.post('/api/v1/imports?record=resident', {
      body: '{}',
      actor: 'Lan',
      headers: { 'content-type': 'application/octet-stream', 'khop-file-name': 'cu-dan.jsonl' },
    });
    expect(answer).toMatchObject({
      status: 507,
      body: { code: 'disk-full', detail: expect.stringContaining('data directory') as unknown },
    });
    await full.close();
  });

  const upload = (body: string, headers: Record<string, string> = {}, query = '?record=resident') =>
    desk.post(`/api/v1/imports${query}`, {
      body,
      actor: 'Trần Thị Lan',
      headers: { 'content-type': 'application/octet-stream', 'khop-file-name': 'cu-dan.jsonl', ...headers },
    });

  it('takes its bytes over as they are, and says where to look', async () => {
    const lines = '{"personalId":"001080012345"}\n'.repeat(10);
    const name = encodeURIComponent('cư dân.jsonl');
    const { status, body, headers } = await upload(lines, { 'khop-file-name': name }, '?record=resident&snapshot=true');
    expect([status, body, headers.get('location')]).toEqual([
      202,
      { importId: 'import-1' },
      '/api/v1/imports/import-1',
    ]);
    expect(desk.uploads.at(-1)).toMatchObject({
      content: lines,
      request: { fileName: 'cư dân.jsonl', actor: 'Trần Thị Lan', record: 'resident', snapshot: true, dryRun: false },
    });
  });

  it.each(['application/json', 'text/csv', 'application/x-www-form-urlencoded'])(
    'takes it as %s, too, whatever is in it',
    async (type) => {
      expect((await upload('{"a":', { 'content-type': type })).status).toBe(202);
      expect(desk.uploads.at(-1)?.content).toBe('{"a":');
    },
  );

  it('refuses a file that says that it is too large', async () => {
    const { status, body } = await upload('a'.repeat(1_001));
    expect([status, body['code']]).toEqual([413, 'body-too-large']);
  });

  it('stops a file that grows too large on its way', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = startRequest(
        new URL('/api/v1/imports?record=resident', desk.address),
        { method: 'POST', headers: { 'khop-actor': 'Lan', 'khop-file-name': 'a.jsonl', 'content-type': 'text/plain' } },
        (response) => resolve(response.statusCode),
      );
      sent.on('error', reject);
      sent.write('a'.repeat(900));
      setTimeout(() => sent.write('a'.repeat(900)), 20);
    });
    expect(status).toBe(413);
  });

  it('tells the import when a file breaks off', async () => {
    const begun = Promise.withResolvers<undefined>();
    const told = Promise.withResolvers<unknown>();
    const watched = await openDesk({
      deps: ({ imports }) => ({
        imports: {
          ...imports,
          start: async (request) => {
            try {
              for await (const _ of request.stream) begun.resolve(undefined);
            } catch (error) {
              told.resolve(error);
            }
            return { importId: 'none' };
          },
        },
      }),
    });
    const sent = startRequest(new URL('/api/v1/imports', watched.address), {
      method: 'POST',
      headers: { 'khop-actor': 'Lan', 'khop-file-name': 'a.jsonl', 'content-type': 'text/plain' },
    });
    sent.on('error', () => undefined);
    sent.write('half a line');
    await begun.promise;
    sent.destroy();
    expect(await told.promise).toMatchObject({ code: 'upload-broken-off' });
    await watched.close();
  });

  it('passes on why a file is refused', async () => {
    const { status, body } = await upload('{}', {}, '');
    expect([status, body['code']]).toEqual([422, 'record-type-unknown']);
  });

  it('lives on when the client of a refused file goes away', async () => {
    const sent = startRequest(new URL('/api/v1/imports', desk.address), {
      method: 'POST',
      headers: { 'khop-actor': 'Lan', 'khop-file-name': 'a.jsonl', 'content-type': 'text/plain' },
    });
    sent.on('error', () => undefined);
    sent.write('half a line');
    await new Promise((resolve) => sent.once('response', resolve));
    sent.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await desk.get('/health/live')).status).toBe(200);
  });

  it('needs a file name that is one', async () => {
    const { status, body } = await upload('{}', { 'khop-file-name': '../../etc/passwd' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'Khop-File-Name' }] });
  });

  it('shows how it is going and what came of it', async () => {
    const { body } = await desk.get('/api/v1/imports/import-1');
    expect(body).toMatchObject({ state: 'completed', report: { taken: 2, unknownFields: { shoeSize: 3 } } });
    expect((await desk.get('/api/v1/imports')).body).toMatchObject({ items: [{ importId: 'import-1' }] });
    expect((await desk.get('/api/v1/imports/import-2')).body['code']).toBe('import-not-found');
  });
});
