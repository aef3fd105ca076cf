import { describe, expect, it } from '@jest/globals';
import { claim, end, given, match, mismatch, refuse, request, settle, verdict } from './given-when-then.ts';

const nothing: string[] = [];

describe('a verdict', () => {
  it('that matches is recorded under the name that its check gives it', () => {
    expect(given().when(match(10)).story).toEqual(['business-registration-matched']);
    expect(given().when(match(10, { check: 'tax-registration' })).story).toEqual(['tax-id-verified']);
    expect(given().when(mismatch(10, { check: 'duplicate' })).story).toEqual([
      'duplicate-suspected',
      'mismatch-flagged',
    ]);
  });

  it('is an event under the id that it came with, and the flag refers to it', () => {
    const { decision } = given().when(mismatch(10));
    expect(decision).toMatchObject({ events: [{ id: 'verdict-10' }, { data: { verdictId: 'verdict-10' } }] });
  });

  it('that mismatches puts an item into the queue, once', () => {
    expect(given(match(10)).when(mismatch(20)).story).toEqual(['business-registration-mismatched', 'mismatch-flagged']);
    const { story, state } = given(mismatch(10)).when(mismatch(20, { codes: ['FIELD_MISMATCH', 'DECEASED'] }));
    expect(story).toEqual(['business-registration-mismatched']);
    expect(state).toMatchObject({ phase: 'open', verdict: { id: 'verdict-20' } });
  });

  it.each([
    ['matches', match(20), 'business-registration-matched'],
    [
      'does not apply any more',
      verdict(20, { outcome: 'NOT_APPLICABLE', right: null }),
      'business-registration-not-applicable',
    ],
  ])('that %s clears the mismatch without anyone touching it', (_, command, name) => {
    const { story, state } = given(mismatch(10), claim(), request()).when(command);
    expect(story).toEqual([name, 'mismatch-cleared']);
    expect(state).toMatchObject({ claim: null, openedAt: null });
  });

  it('that does not apply is no item of the queue', () => {
    expect(given().when(verdict(10, { outcome: 'NOT_APPLICABLE', right: null })).story).toEqual([
      'business-registration-not-applicable',
    ]);
  });

  it('that says what the last one said changes nothing: the last one keeps its rules and versions', () => {
    const again = mismatch(20, {
      rules: '2027-01-01',
      rulesHash: 'rules-2',
      right: { stream: 'residents.resident-r1', version: 7 },
    });
    const { story, decision, state } = given(mismatch(10)).when(again);
    expect(story).toEqual(nothing);
    expect(decision).toMatchObject({ ignored: 'unchanged' });
    expect(state.verdict?.rules).toBe('2026-11-01');
  });

  it.each([
    ['another counterpart', { right: { stream: 'residents.resident-r2', version: 0 } }],
    ['no counterpart', { right: null }],
    ['other values', { valuesHash: 'values-2' }],
    ['another code', { codes: ['DECEASED' as const] }],
    ['another finding', { findings: [{ field: 'fullName', verdict: 'DIFFERENT' as const }] }],
    ['one finding less', { findings: [] }],
    ['another ward', { ward: '00008' }],
    ['no ward any more', { ward: null }],
  ])('with %s is another verdict', (_, differing) => {
    expect(given(mismatch(10)).when(mismatch(20, differing)).story).toEqual(['business-registration-mismatched']);
  });

  it.each([10, 9])('as of %i is stale where 10 has been judged: it changes nothing', (asOf) => {
    const { story, decision } = given(mismatch(10)).when(match(asOf));
    expect(story).toEqual(nothing);
    expect(decision).toMatchObject({ ignored: 'stale' });
  });
});

describe('a settlement', () => {
  it('lapses when a value that it judged changes', () => {
    const { story, state } = given(mismatch(10), settle()).when(mismatch(20, { valuesHash: 'values-2' }));
    expect(story).toEqual(['business-registration-mismatched', 'mismatch-reopened']);
    expect(state).toMatchObject({ phase: 'open', settlement: null });
  });

  it('holds while the values stay, even when new rules see more in them', () => {
    const { story, state } = given(mismatch(10), settle()).when(
      mismatch(20, { codes: ['FIELD_MISMATCH', 'CROSS_FIELD'] }),
    );
    expect(story).toEqual(['business-registration-mismatched']);
    expect(state.phase).toBe('settled');
  });

  it('holds when the record moves to another ward: the values are what they were', () => {
    const { story, state } = given(mismatch(10), settle()).when(mismatch(20, { ward: '00008' }));
    expect(story).toEqual(['business-registration-mismatched']);
    expect(state).toMatchObject({ phase: 'settled', verdict: { ward: '00008' } });
  });

  it('is over when the check matches: a later mismatch is flagged anew', () => {
    const cleared = given(mismatch(10), settle());
    expect(cleared.when(match(20)).story).toEqual(['business-registration-matched', 'mismatch-cleared']);
    const { story, state } = given(mismatch(10), settle(), match(20)).when(mismatch(30));
    expect(story).toEqual(['business-registration-mismatched', 'mismatch-flagged']);
    expect(state.phase).toBe('open');
  });
});

describe('the end of a reconciliation', () => {
  it('ends whatever was going on', () => {
    const { story, state } = given(mismatch(10), claim(), request()).when(end(20));
    expect(story).toEqual(['reconciliation-ended']);
    expect(state).toMatchObject({ phase: 'ended', verdict: null, claim: null, corrections: [{ state: 'lapsed' }] });
  });

  it('is recorded once, not on an older input, and not where nothing was judged', () => {
    expect(given(match(10), end(20)).when(end(30)).story).toEqual(nothing);
    expect(given(match(10)).when(end(10)).story).toEqual(nothing);
    expect(given().when(end(10)).story).toEqual(nothing);
  });

  it('makes older verdicts stale', () => {
    expect(given(mismatch(10), end(20)).when(match(15)).story).toEqual(nothing);
  });

  it('is not for ever: what is judged again begins anew, even with the same verdict', () => {
    const { story, state } = given(mismatch(10), settle(), end(20)).when(mismatch(30));
    expect(story).toEqual(['business-registration-mismatched', 'mismatch-flagged']);
    expect(state).toMatchObject({ phase: 'open', settlement: null });
  });
});

describe('a correction request', () => {
  it('stays open through other verdicts until the check matches', () => {
    const asked = given(mismatch(10), request(), mismatch(20, { valuesHash: 'values-2' }));
    expect(asked.state.corrections).toMatchObject([{ state: 'requested' }]);
    expect(asked.when(match(30)).state.corrections).toMatchObject([{ state: 'fulfilled' }]);
  });

  it('that was refused stays refused when the check matches later', () => {
    expect(given(mismatch(10), request(), refuse()).when(match(20)).state.corrections).toMatchObject([
      { state: 'refused' },
    ]);
  });
});
