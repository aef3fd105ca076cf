import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordSpans, traceparentFor, type RecordedSpans } from '#libs/telemetry/testing';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { givenMismatch } from '../testing/people.ts';

const LAN = 'Lan';
const NUMBER = '001188077231';

describe('a request in the traces', () => {
  let spans: RecordedSpans;
  let desk: DeskScene;
  beforeEach(async () => {
    spans = await recordSpans();
    desk = await openDesk();
  });
  afterEach(async () => {
    await desk.close();
    await spans.close();
  });

  it('has the name of its route, and nothing of its address', async () => {
    await desk.get(`/api/v1/streams/${NUMBER}?text=${NUMBER}`);
    await desk.get(`/api/v1/${NUMBER}`);
    const requests = spans.named('GET ').map(({ name, attributes }) => [name, attributes['http.response.status_code']]);
    expect(requests).toEqual([
      ['GET /api/v1/streams/:stream', 400],
      ['GET /api/*', 404],
    ]);
    expect(JSON.stringify(spans.all())).not.toContain(NUMBER);
  });

  it('is linked to the command that it gives, which goes on with the trace of what it is about', async () => {
    const { path, verdictId } = await givenMismatch(desk);
    const request = traceparentFor(5);
    const body = { commandId: 'claim-traced', verdictId };
    const answer = await desk.post(`${path}/claim`, { actor: LAN, headers: { traceparent: request }, body });
    expect(answer.status).toBe(200);
    const [server] = spans.named('POST /api/v1/reconciliations/:check/:hash/claim');
    const [command] = spans.named('claim-mismatch');
    expect(server?.parent).toBe(request);
    expect([command?.parent, ...(command?.links ?? [])]).toContain(server?.traceparent);
    expect(command?.attributes).toMatchObject({ 'khop.answer': 'ok' });
  });
});
