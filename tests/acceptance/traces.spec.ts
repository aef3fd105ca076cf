import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RULES_STREAM, RulesActivated } from '#contracts/events';
import { recordSpans, traceparentFor, type RecordedSpans, type SeenSpan } from '#libs/telemetry/testing';
import { enterprise, openSmallHub, resident, type SmallHub } from '#tests/support';

const KEPT = traceparentFor(1);
const NOT_KEPT = traceparentFor(2, false);
const CHECK = 'reconcile legal-representative';

describe('the trace of a change', () => {
  let spans: RecordedSpans;
  let hub: SmallHub;
  beforeEach(async () => {
    spans = await recordSpans(0);
    hub = await openSmallHub();
  });
  afterEach(async () => {
    await hub.close();
    await spans.close();
  });
  const only = (name: string): SeenSpan => {
    const [span, ...others] = spans.named(name);
    if (span === undefined || others.length > 0) throw new Error(`${others.length} spans ${name} beside the first`);
    return span;
  };
  const traceOf = (traceparent: string | undefined): string | undefined => traceparent?.slice(3, 35);
  const given = async (fullName: string, traceparent: string): Promise<void> => {
    await hub.record('resident', '001080012345', resident());
    const [representative] = enterprise().representatives;
    const content = enterprise({ representatives: [{ ...representative, fullName }] });
    await hub.record('enterprise', '0100233488', content, { traceparent });
    await hub.catchUp();
  };

  it('goes from its publishing through linker and reconciler to the verdict, each step a child of the one before', async () => {
    await given('Nguyễn Văn Bình', KEPT);
    const published = only('publish khop.enterprise-registry.enterprise-registered.v1');
    const linked = only('link enterprise-registry.enterprise');
    const judged = only(CHECK);
    const verdict = only('publish khop.reconciliation.business-registration-matched.v1');
    expect(published.parent).toBe(KEPT);
    expect(linked.parent).toBe(published.traceparent);
    expect(judged.parent).toBe(linked.traceparent);
    expect(verdict.parent).toBe(judged.traceparent);
    expect(judged.attributes).toMatchObject({
      'khop.check': 'legal-representative',
      'khop.outcome': 'MATCHED',
      'khop.codes': [],
      'khop.verdict.new': true,
    });
    expect((await hub.events()).at(-1)?.traceparent).toMatch(new RegExp(`^00-${traceOf(KEPT)}-`));
  });

  it('that is not kept shows nothing where everything matches', async () => {
    await given('Nguyễn Văn Bình', NOT_KEPT);
    expect(spans.named(CHECK)).toEqual([]);
    const verdict = (await hub.events()).find(({ type }) => type.includes('business-registration-matched'));
    expect(verdict?.traceparent).toBe(NOT_KEPT);
  });

  it('that is not kept shows a mismatch all the same, linked to where it came from; what comes of that goes on with it', async () => {
    await given('Trần Thị Lụa', NOT_KEPT);
    const judged = only(CHECK);
    expect(judged).toMatchObject({ parent: undefined, links: [NOT_KEPT] });
    expect(judged.attributes).toMatchObject({ 'khop.outcome': 'MISMATCHED', 'khop.keep': true });
    const flagged = (await hub.events()).find(({ type }) => type.includes('mismatch-flagged'));
    expect(traceOf(flagged?.traceparent)).toBe(traceOf(judged.traceparent));
  });

  it('does not show again what is judged by new rules as it was', async () => {
    await given('Trần Thị Lụa', KEPT);
    expect(spans.named(CHECK)).toHaveLength(1);
    const activation = (await hub.events()).find(({ type }) => type === RulesActivated.type);
    await hub.append(RULES_STREAM, {
      type: RulesActivated.type,
      schemaVersion: RulesActivated.schemaVersion,
      data: activation?.data ?? {},
      traceparent: traceparentFor(3),
    });
    await hub.catchUp();
    expect(spans.named(CHECK)).toHaveLength(1);
  });

  it('is not gone on with when the index is folded anew', async () => {
    await given('Trần Thị Lụa', KEPT);
    const before = spans.named('link ').length;
    hub.index.clear();
    await hub.catchUp();
    expect(spans.named('link ').length).toBe(before);
    expect(spans.named(CHECK)).toHaveLength(1);
  });
});
