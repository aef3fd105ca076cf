import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { headerText } from './header-text.ts';
import { createRateLimit } from './rate-limit.ts';
import { isDeeperThan } from './read-body.ts';

describe('problems', () => {
  let desk: DeskScene;

  beforeAll(async () => {
    desk = await openDesk({
      settings: { maxBodyBytes: 2_000, maxBodyDepth: 6 },
      deps: ({ operations }) => ({
        operations: {
          ...operations,
          deadLetters: () => Promise.reject(new Error('Nguyễn Văn Bình is in this message')),
        },
      }),
    });
  });
  afterAll(() => desk.close());

  const search = '/api/v1/queue/search';

  it.each([
    ['an address that there is not', 'GET', '/api/v1/nothing?name=Binh', undefined, 404, 'not-found'],
    ['an address outside of the API', 'GET', '/nothing', undefined, 404, 'not-found'],
    ['an address that is no text', 'GET', '/api/v1/streams/%E0%A4%A', undefined, 400, 'request-invalid'],
    [
      'an address with a part that is too long',
      'GET',
      `/api/v1/streams/${'a'.repeat(400)}`,
      undefined,
      404,
      'not-found',
    ],
    ['a body that is too large', 'POST', search, `{"filter":{"text":"${'a'.repeat(3_000)}"}}`, 413, 'body-too-large'],
    ['a body that is too deep', 'POST', search, '{"a":'.repeat(10) + '1' + '}'.repeat(10), 400, 'body-too-deep'],
    ['a body that is no JSON', 'POST', search, '{"Nguyễn Văn Bình"', 400, 'body-not-json'],
    ['an empty body', 'POST', search, '', 400, 'body-not-json'],
    ['a body that reaches for prototypes', 'POST', search, '{"__proto__":{"limit":1}}', 400, 'body-not-json'],
    ['a list where an object is due', 'POST', search, '[{"limit":1}]', 400, 'request-invalid'],
    ['a text where an object is due', 'POST', search, '"limit"', 400, 'request-invalid'],
  ])('answers %s', async (_, method, path, body, status, code) => {
    const answer = method === 'GET' ? await desk.get(path) : await desk.post(path, { body });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ type: `urn:khop:problem:${code}`, status, code });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toMatch(/Bình|Binh/);
  });

  it('answers a media type that it does not take', async () => {
    const { status, body } = await desk.post(search, { body: '<a/>', headers: { 'content-type': 'text/xml' } });
    expect([status, body['code']]).toEqual([415, 'unsupported-media-type']);
  });

  it('stops reading a body that grows beyond its bound without having said so', async () => {
    const sent = request(new URL(search, desk.address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    });
    sent.on('error', () => undefined);
    sent.write('a'.repeat(5_000));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    sent.destroy();
  });

  it('names every wrong field at once', async () => {
    const { body } = await desk.post(search, {
      body: { limit: 0, sort: 'best', filter: { checks: ['birth', 'x'], holders: [1], colour: 'red' } },
    });
    const errors = body['errors'] as { field: string }[];
    expect(errors.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['limit', 'sort', 'filter.checks', 'filter.holders', 'filter.colour']),
    );
  });

  it('tells nobody but its log what went wrong inside, and there without values', async () => {
    const { status, body, headers } = await desk.get('/api/v1/dead-letters');
    expect([status, body['code']]).toEqual([500, 'internal-error']);
    const requestId = headers.get('khop-request-id') ?? '';
    expect(body['instance']).toBe(`urn:khop:request:${requestId}`);
    expect(JSON.stringify(body)).not.toMatch(/Bình|at /);
    expect(desk.failures).toMatchObject([{ requestId, route: '/api/v1/dead-letters', name: 'Error' }]);
    expect(JSON.stringify(desk.failures)).not.toContain('Bình');
  });

  it('guards every answer, and lets no other site read it', async () => {
    const { headers } = await desk.get('/api/v1/queue', { headers: { origin: 'https://elsewhere.example' } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('is reached under names of its own machine only', async () => {
    const ask = async (host: string): Promise<number | undefined> => {
      const sent = request(new URL('/api/v1/queue', desk.address), { headers: { host } }).end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await ask('elsewhere.example')).toBe(421);
    expect(await ask('127.0.0.1.elsewhere.example')).toBe(421);
    expect(await ask('localhost:3000')).toBe(200);
    expect(await ask('[::1]:3000')).toBe(200);
  });

  it('bounds the rate of an address, but not of its health', async () => {
    const narrow = await openDesk({ settings: { requestsPerSecond: 1, requestBurst: 2 } });
    await narrow.get('/api/v1/queue');
    await narrow.get('/api/v1/queue');
    const { status, headers, body } = await narrow.get('/api/v1/queue');
    expect([status, headers.get('retry-after'), body['code']]).toEqual([429, '1', 'rate-limited']);
    expect((await narrow.get('/health/live')).status).toBe(200);
    await narrow.close();
  });

  it('survives bytes that are no HTTP', async () => {
    const { hostname, port } = new URL(desk.address);
    const socket = connect(Number(port), hostname);
    socket.write('\u0000\u0001 nonsense\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400/);
    expect((await desk.get('/health/live')).status).toBe(200);
  });
});

describe('the rate of requests', () => {
  it('fills again with time, and forgets the address that was seen longest ago', () => {
    let now = 0;
    const limit = createRateLimit({ requestsPerSecond: 2, requestBurst: 1, maxRateAddresses: 2 }, () => now);
    expect([limit('a'), limit('a')]).toEqual([0, 1]);
    now = 500;
    expect(limit('a')).toBe(0);
    expect([limit('b'), limit('c'), limit('a')]).toEqual([0, 0, 0]);
  });
});

describe('the text of a header', () => {
  it.each([
    ['URI-encoded', encodeURIComponent('Trần Thị Lan')],
    ['plain UTF-8', Buffer.from('Trần Thị Lan').toString('latin1')],
    ['decomposed', encodeURIComponent('Trần Thị Lan'.normalize('NFD'))],
  ])('is read %s', (_, value) => {
    expect(headerText(value)).toBe('Trần Thị Lan');
  });

  it('is kept as it is where it is no encoding', () => {
    expect(headerText('100% sure')).toBe('100% sure');
    expect(headerText(' ')).toBeUndefined();
  });
});

describe('the depth of a body', () => {
  it('counts brackets outside of strings', () => {
    expect(isDeeperThan('{"a":"[[[\\"[["}', 1)).toBe(false);
    expect(isDeeperThan('[[],[],[[]]]', 2)).toBe(true);
  });
});
