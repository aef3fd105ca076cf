import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CorrectionRequested } from '#contracts/events';
import { resident } from '#tests/support';
import { NOON, openDesk, type Answered, type DeskScene } from '../testing/desk-scene.ts';
import { givenMismatch, pair, seenMismatch, slip, type SeenMismatch } from '../testing/people.ts';

describe('work on a mismatch', () => {
  let desk: DeskScene;
  let mismatch: SeenMismatch;
  let commands = 0;

  let pairs = 0;
  let people = pair(pairs);

  beforeAll(async () => {
    desk = await openDesk();
  });
  beforeEach(async () => {
    people = pair((pairs += 1));
    desk.time.now = NOON;
    mismatch = await givenMismatch(desk, people);
  });
  afterAll(() => desk.close());

  const LAN = 'Trần Thị Lan';
  const MAI = 'Phạm Mai';

  function send(
    step: string,
    actor: string,
    { commandId = `command-${(commands += 1)}`, verdictId = mismatch.verdictId, ...body }: Record<string, unknown> = {},
  ): Promise<Answered> {
    return desk.post(`${mismatch.path}/${step}`, { actor, body: { commandId, verdictId, ...body } });
  }
  const page = async () => (await desk.get(mismatch.path)).body;

  it('is claimed, and the queue shows it at once', async () => {
    const { status, headers, body } = await send('claim', LAN);
    expect([status, headers.get('khop-views')]).toEqual([200, 'current']);
    expect(body).toMatchObject({ repeated: false, holder: LAN, leaseUntil: '2026-11-23T05:30:00.000Z' });
    const { items } = await desk.queue();
    const item = items.find(({ verdictId }) => verdictId === mismatch.verdictId);
    expect(item?.claim).toEqual({ holder: LAN, leaseUntil: '2026-11-23T05:30:00.000Z' });
  });

  it('is won by exactly one of two people who claim it at once; the other is told who holds it', async () => {
    const answers = await Promise.all([send('claim', LAN), send('claim', MAI)]);
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status);
    expect([won?.status, lost?.status]).toEqual([200, 409]);
    expect(lost?.headers.get('content-type')).toContain('application/problem+json');
    expect(lost?.body).toMatchObject({
      code: 'held-by-another',
      holder: won?.body['holder'],
      leaseUntil: '2026-11-23T05:30:00.000Z',
    });
  });

  it('is free again when the lease has run out', async () => {
    await send('claim', LAN);
    desk.time.now += 31 * 60_000;
    expect((await send('claim', MAI)).body).toMatchObject({ holder: MAI });
  });

  it('answers a retry as the first time, and appends nothing', async () => {
    const first = await send('claim', LAN, { commandId: 'claim-once' });
    const again = await send('claim', LAN, { commandId: 'claim-once' });
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await send('release', LAN, { commandId: 'claim-once' })).body['code']).toBe('command-id-reused');
  });

  it('is handed over, and released by the new holder alone', async () => {
    await send('claim', LAN);
    expect((await send('hand-over', LAN, { to: MAI })).body).toMatchObject({ holder: MAI });
    expect((await send('release', LAN)).body).toMatchObject({ code: 'held-by-another', holder: MAI });
    expect((await send('release', MAI)).status).toBe(200);
    expect((await page())['claim']).toBeNull();
    expect((await send('release', MAI)).body['code']).toBe('not-claimed');
  });

  it('refuses a command that rests on an older verdict, and names the new one', async () => {
    const seen = mismatch;
    await desk.hub.record('enterprise', people.enterpriseCode, slip('Nguyễn Văn Bịnh Khác', people));
    await desk.catchUp();
    const { verdictId } = await seenMismatch(desk, people);
    const { status, body } = await send('claim', LAN, { verdictId: seen.verdictId });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'verdict-changed', verdictId, outcome: 'MISMATCHED' });
  });

  it('is settled with a reason; the settlement lapses when a judged value changes', async () => {
    const reason = 'Hồ sơ giấy ghi đúng như vậy';
    expect((await send('settle', LAN, { decision: 'accepted-difference', reason })).status).toBe(200);
    expect(await page()).toMatchObject({
      phase: 'settled',
      settlement: { by: LAN, reason },
      steps: ['reopen-mismatch'],
    });
    expect((await desk.queue()).items.map(({ verdictId }) => verdictId)).not.toContain(mismatch.verdictId);

    const { personalId } = people;
    await desk.hub.record(
      'resident',
      personalId,
      resident({ personalId, fullName: 'Nguyễn Văn Binh', mother: {}, father: {} }),
    );
    await desk.catchUp();
    expect(await page()).toMatchObject({ phase: 'open', settlement: null });
  });

  it('is taken up again by reopening', async () => {
    await send('settle', LAN, { decision: 'false-alarm', reason: 'nhầm' });
    expect((await send('reopen', MAI)).status).toBe(200);
    expect((await send('reopen', MAI)).body).toMatchObject({ code: 'nothing-settled', phase: 'open' });
  });

  it('asks the registry that owns the field for a correction, and clears when the corrected value arrives', async () => {
    const asked = await send('request-correction', LAN, {
      fields: ['fullName'],
      proposed: { fullName: 'Nguyễn Văn Bình' },
      note: 'xem lại',
    });
    expect(asked.status).toBe(200);
    const event = (await desk.hub.events()).findLast(({ type }) => type === CorrectionRequested.type);
    expect(event).toMatchObject({
      actor: LAN,
      data: { registry: 'enterprise-registry', fields: ['fullName'] },
      personal: { note: 'xem lại', proposed: { fullName: 'Nguyễn Văn Bình' } },
    });
    const { requestId } = asked.body;
    expect((await send('request-correction', LAN, { fields: ['fullName'] })).body).toMatchObject({
      code: 'correction-already-open',
      requestId,
    });

    await desk.hub.record('enterprise', people.enterpriseCode, slip('Nguyễn Văn Bình', people));
    await desk.catchUp();
    expect(await page()).toMatchObject({ phase: 'matched', corrections: [{ requestId, state: 'fulfilled' }] });
  });

  it('asks for no field whose name is none, and does not repeat it: the name would stand where everyone may read', async () => {
    const fields = ['fullName', 'NguyenVanBinh'];
    const { status, body } = await send('request-correction', LAN, { fields });
    expect([status, body['code'], body['places']]).toEqual([422, 'fields-unknown', [1]]);
    expect(JSON.stringify(body)).not.toContain('NguyenVanBinh');
    expect(JSON.stringify(await desk.hub.events())).not.toContain('NguyenVanBinh');
  });

  it('takes a correction request back', async () => {
    const { body } = await send('request-correction', LAN, { fields: ['fullName'] });
    const { requestId } = body;
    expect((await send('withdraw-correction', LAN, { requestId, reason: 'gửi nhầm' })).status).toBe(200);
    const again = await send('withdraw-correction', LAN, { requestId, reason: 'gửi nhầm' });
    expect(again.body).toMatchObject({ status: 409, code: 'correction-closed', state: 'withdrawn', requestId });
    const unknown = await send('withdraw-correction', LAN, { requestId: 'nothing', reason: 'gửi nhầm' });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'correction-unknown']);
  });

  it('carries the trace of the request on', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await desk.post(`${mismatch.path}/claim`, {
      actor: LAN,
      headers: { traceparent },
      body: { commandId: 'claim-traced', verdictId: mismatch.verdictId },
    });
    const { timeline } = (await page()) as { timeline: { actor: string; traceId: string }[] };
    expect(timeline[0]).toMatchObject({ actor: LAN, traceId: '0af7651916cd43dd8448eb211c80319c' });
  });

  it('does not wait for views that lag behind for longer than it may, and says so', async () => {
    const slow = await openDesk({
      deps: ({ operations }) => ({ operations: { ...operations, viewsCaughtUpTo: () => Promise.resolve(false) } }),
    });
    const { path, verdictId } = await givenMismatch(slow);
    const { status, headers } = await slow.post(`${path}/claim`, {
      actor: LAN,
      body: { commandId: 'claim-slow', verdictId },
    });
    expect([status, headers.get('khop-views')]).toEqual([200, 'behind']);
    await slow.close();
  });

  it.each([
    ['no actor', 'claim', undefined, {}, 'actor-missing'],
    ['an actor of control characters', 'claim', 'a\u0007b', {}, 'actor-missing'],
    ['a settlement without a reason', 'settle', LAN, { decision: 'false-alarm', reason: '  ' }, 'request-invalid'],
    ['a field that is none of the command', 'claim', LAN, { force: true }, 'request-invalid'],
    ['a proposal of objects', 'request-correction', LAN, { fields: ['a'], proposed: { a: {} } }, 'request-invalid'],
  ])('refuses %s', async (_, step, actor, body, code) => {
    const answer = await desk.post(`${mismatch.path}/${step}`, {
      ...(actor !== undefined && { actor }),
      body: { commandId: 'command-wrong', verdictId: mismatch.verdictId, ...body },
    });
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
  });

  it('has no reconciliation where there is none', async () => {
    mismatch = { ...mismatch, path: `/api/v1/reconciliations/birth/${'0'.repeat(32)}` };
    const { status, body } = await send('claim', LAN);
    expect([status, body['code']]).toEqual([404, 'reconciliation-not-found']);
  });
});
