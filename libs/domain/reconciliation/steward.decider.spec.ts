import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  claim,
  end,
  given,
  handOver,
  match,
  mismatch,
  refuse,
  release,
  reopen,
  request,
  settle,
  withdraw,
} from './given-when-then.ts';
import { ANSWERS_REMEMBERED, CORRECTIONS_REMEMBERED, effectiveClaim } from './reconciliation.state.ts';
import { MINUTE, MONDAY } from './given-when-then.ts';

const nothing: string[] = [];
const LEASE_END = '2026-11-02T01:30:00.000Z';

describe('claiming', () => {
  it('holds an item for as long as the lease runs', () => {
    const { story, state } = given(mismatch(10)).when(claim());
    expect(story).toEqual(['mismatch-claimed']);
    expect(state.claim).toEqual({ holder: 'an', leaseUntil: LEASE_END });
    expect(effectiveClaim(state, MONDAY + 30 * MINUTE - 1)).toEqual(state.claim);
    expect(effectiveClaim(state, MONDAY + 30 * MINUTE)).toBeNull();
  });

  it('by a second person is refused, and says who holds it until when', () => {
    expect(given(mismatch(10), claim({ by: 'an' })).when(claim({ by: 'binh' })).decision).toEqual({
      ok: false,
      code: 'held-by-another',
      holder: 'an',
      leaseUntil: LEASE_END,
    });
  });

  it('by the holder renews the lease', () => {
    const { story, state } = given(mismatch(10), claim()).when(claim({ id: 'again', minutesLater: 20 }));
    expect(story).toEqual(['mismatch-claimed']);
    expect(state.claim?.leaseUntil).toBe('2026-11-02T01:50:00.000Z');
  });

  it('after the lease ran out settles the old claim first', () => {
    const { story, decision } = given(mismatch(10), claim({ by: 'an' })).when(claim({ by: 'binh', minutesLater: 30 }));
    expect(story).toEqual(['mismatch-released', 'mismatch-claimed']);
    expect(decision).toMatchObject({
      events: [{ data: { holder: 'an', why: 'lease-expired' } }, { data: { holder: 'binh' } }],
    });
  });

  it.each([
    ['matched', given(match(10))],
    ['settled', given(mismatch(10), settle())],
  ])('what is %s is refused: nothing is open', (phase, story) => {
    expect(story.when(claim()).decision).toEqual({ ok: false, code: 'nothing-open', phase });
  });
});

describe('releasing', () => {
  it('gives the item back', () => {
    const { story, state } = given(mismatch(10), claim()).when(release());
    expect(story).toEqual(['mismatch-released']);
    expect(state.claim).toBeNull();
  });

  it('what nobody holds is refused, and so is what another holds', () => {
    expect(given(mismatch(10)).when(release()).story).toBe('not-claimed');
    expect(given(mismatch(10), claim({ by: 'an' })).when(release({ by: 'binh' })).story).toBe('held-by-another');
    expect(given(mismatch(10), claim({ by: 'an' })).when(release({ by: 'binh', minutesLater: 60 })).story).toBe(
      'not-claimed',
    );
  });

  it('what one held until the lease ran out records that it ran out', () => {
    const { decision } = given(mismatch(10), claim()).when(release({ minutesLater: 60 }));
    expect(decision).toMatchObject({ ok: true, events: [{ data: { why: 'lease-expired' } }] });
  });
});

describe('handing over', () => {
  it('passes the item on with a lease of its own', () => {
    const { story, state } = given(mismatch(10), claim()).when(handOver('binh', { minutesLater: 10 }));
    expect(story).toEqual(['mismatch-released', 'mismatch-claimed']);
    expect(state.claim).toEqual({ holder: 'binh', leaseUntil: '2026-11-02T01:40:00.000Z' });
  });

  it('is possible for an item that nobody holds, not for one that another holds', () => {
    expect(given(mismatch(10)).when(handOver('binh')).story).toEqual(['mismatch-claimed']);
    expect(given(mismatch(10), claim({ by: 'an' })).when(handOver('chi', { by: 'binh' })).story).toBe(
      'held-by-another',
    );
  });
});

describe('a steward who saw an older verdict', () => {
  it.each([claim, release, request, settle, reopen, withdraw])('is refused and given the new one', (command) => {
    expect(given(mismatch(10), mismatch(20, { codes: ['DECEASED'] })).when(command({ seen: 10 })).decision).toEqual({
      ok: false,
      code: 'verdict-changed',
      verdictId: 'verdict-20',
      outcome: 'MISMATCHED',
    });
  });

  it('is told that there is none any more when the reconciliation has ended', () => {
    expect(given(mismatch(10), end(20)).when(claim()).decision).toMatchObject({
      code: 'verdict-changed',
      verdictId: null,
    });
  });
});

describe('settling', () => {
  it('closes the item by a decision tied to the values it judged', () => {
    const { story, state, decision } = given(mismatch(10), claim()).when(settle());
    expect(story).toEqual(['mismatch-settled']);
    expect(state).toMatchObject({ phase: 'settled', claim: null, settlement: { valuesHash: 'values-1' } });
    expect(decision).toMatchObject({ events: [{ personal: { reason: 'The family keeps the old spelling' } }] });
  });

  it('needs a reason', () => {
    expect(given(mismatch(10)).when(settle({ reason: ' ' })).story).toBe('reason-missing');
  });

  it('what another holds is refused', () => {
    expect(given(mismatch(10), claim({ by: 'an' })).when(settle({ by: 'binh' })).story).toBe('held-by-another');
  });

  it('takes back what was asked of a registry', () => {
    const { story, state } = given(mismatch(10), request()).when(settle());
    expect(story).toEqual(['correction-withdrawn', 'mismatch-settled']);
    expect(state.corrections).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('can be taken back by a steward, and only while it stands', () => {
    expect(given(mismatch(10), settle()).when(reopen()).story).toEqual(['mismatch-reopened']);
    expect(given(mismatch(10)).when(reopen()).decision).toMatchObject({ code: 'nothing-settled', phase: 'open' });
  });
});

describe('requesting a correction', () => {
  it('asks the registry that keeps the record of that side', () => {
    const left = given(mismatch(10)).when(request({ side: 'left' }));
    expect(left.story).toEqual(['correction-requested']);
    expect(left.state.corrections).toMatchObject([{ registry: 'enterprise-registry', state: 'requested' }]);
    expect(given(mismatch(10)).when(request({ side: 'right' })).state.corrections).toMatchObject([
      { registry: 'residents' },
    ]);
  });

  it('of a counterpart that was not found is refused', () => {
    expect(given(mismatch(10, { right: null })).when(request({ side: 'right' })).story).toBe('no-counterpart');
  });

  it('is refused while one to the same record is open, and possible again after a refusal', () => {
    const again = request({ requestId: 'request-2' });
    expect(given(mismatch(10), request()).when(again).decision).toMatchObject({
      code: 'correction-already-open',
      requestId: 'request-1',
    });
    expect(given(mismatch(10), request()).when(request({ requestId: 'request-2', side: 'right' })).story).toEqual([
      'correction-requested',
    ]);
    expect(given(mismatch(10), request(), refuse()).when(again).story).toEqual(['correction-requested']);
  });

  it('is answered by the registry, which closes no mismatch', () => {
    const { story, state } = given(mismatch(10), request(), acknowledge()).when(refuse());
    expect(story).toEqual(['correction-refused']);
    expect(state).toMatchObject({ phase: 'open', corrections: [{ state: 'refused' }] });
    expect(given(mismatch(10), request(), acknowledge()).when(acknowledge('second')).story).toEqual(nothing);
  });

  it('can be withdrawn until it is closed', () => {
    expect(given(mismatch(10), request(), acknowledge()).when(withdraw()).story).toEqual(['correction-withdrawn']);
    expect(given(mismatch(10), request(), refuse()).when(withdraw()).decision).toMatchObject({
      code: 'correction-closed',
      state: 'refused',
    });
    expect(given(mismatch(10), request(), match(20)).when(acknowledge()).decision).toMatchObject({
      state: 'fulfilled',
    });
    expect(given(mismatch(10)).when(acknowledge()).story).toBe('correction-unknown');
  });

  it('remembers closed requests up to a bound', () => {
    const many = Array.from({ length: CORRECTIONS_REMEMBERED + 5 }, (_, index) => [
      request({ requestId: `request-${index}`, id: `request-${index}` }),
      { ...refuse(`refuse-${index}`), requestId: `request-${index}` },
    ]).flat();
    const { corrections } = given(mismatch(10), ...many, request({ requestId: 'last' })).state;
    expect(corrections).toHaveLength(CORRECTIONS_REMEMBERED + 1);
    expect(corrections.at(-1)).toMatchObject({ requestId: 'last', state: 'requested' });
  });
});

describe('a command that comes twice', () => {
  it.each([
    ['claim', [mismatch(10)], claim()],
    ['release', [mismatch(10), claim()], release()],
    ['hand-over', [mismatch(10), claim()], handOver('binh')],
    ['request', [mismatch(10)], request()],
    ['withdrawal', [mismatch(10), request()], withdraw()],
    ['settlement', [mismatch(10), request()], settle()],
    ['reopening', [mismatch(10), settle()], reopen()],
    ['acknowledgement', [mismatch(10), request()], acknowledge()],
    ['refusal', [mismatch(10), request()], refuse()],
  ])('(a %s) is answered as the first time, whatever has happened since', (_, history, command) => {
    const { story, decision } = given(...history, command, match(30), end(40)).when(command);
    expect(story).toEqual(nothing);
    expect(decision).toMatchObject({
      ok: true,
      repeated: 'commandId' in command ? { commandId: command.commandId } : {},
    });
  });

  it('is answered with the lease of the first time', () => {
    const { decision } = given(mismatch(10), claim()).when(claim({ minutesLater: 20 }));
    expect(decision).toMatchObject({ repeated: { holder: 'an', leaseUntil: LEASE_END } });
  });

  it('under an id that stood for something else is refused', () => {
    const reused = 'command-id-reused';
    expect(given(mismatch(10), claim({ id: 'one' })).when(settle({ id: 'one' })).story).toBe(reused);
    expect(given(mismatch(10), claim({ id: 'one' })).when(claim({ id: 'one', by: 'binh' })).story).toBe(reused);
    expect(given(mismatch(10), handOver('binh', { id: 'one' })).when(handOver('chi', { id: 'one' })).story).toBe(
      reused,
    );
  });

  it('is recognised among the latest commands, up to a bound', () => {
    const renewals = Array.from({ length: ANSWERS_REMEMBERED }, (_, index) => claim({ id: `renewal-${index}` }));
    const { state } = given(mismatch(10), claim({ id: 'first' }), ...renewals);
    expect(state.answers).toHaveLength(ANSWERS_REMEMBERED);
    expect(state.answers.some(({ commandId }) => commandId === 'first')).toBe(false);
  });
});
