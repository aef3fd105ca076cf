import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reconciliationStream } from '#contracts/events';
import type { Registry } from '#contracts/records';
import { decide, initialState } from '#libs/domain/reconciliation';
import type { EventStore } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { handleReconciliationCommand, type CommandDeps, type CommandRequest } from './index.ts';

const STREAM = reconciliationStream('legal-representative', '0123456789abcdef0123456789abcdef');
const NOW = Date.parse('2026-11-02T01:00:00Z');
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const FIELD_OWNERS: Readonly<Record<string, Registry>> = { fullName: 'residents', title: 'enterprise-registry' };

describe('a command to a reconciliation', () => {
  let directory: string;
  let store: SqliteEventStore;
  let deps: CommandDeps;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-commands-'));
    store = await SqliteEventStore.open({ directory });
    deps = depsOn(store);
    await appendMismatch(10);
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const depsOn = (log: CommandDeps['store']): CommandDeps => ({
    store: log,
    clock: () => NOW,
    claimLeaseMinutes: 30,
    fieldAuthority: (_, field) => FIELD_OWNERS[field ?? ''] ?? 'enterprise-registry',
    isCorrectable: () => true,
  });

  async function appendMismatch(asOf: number, traceparent = TRACE): Promise<void> {
    const decision = decide(
      {
        type: 'record-verdict',
        verdictId: `verdict-${asOf}`,
        verdict: {
          check: 'legal-representative',
          outcome: 'MISMATCHED',
          codes: ['FIELD_MISMATCH'],
          findings: [{ field: 'fullName', verdict: 'DIFFERENT' }],
          left: { stream: 'enterprise-registry.enterprise-e1', version: 0 },
          right: { stream: 'residents.resident-r1', version: 0 },
          rules: '2026-11-01',
          rulesHash: 'rules',
          asOf,
          valuesHash: `values-${asOf}`,
          ward: null,
        },
      },
      initialState,
    );
    if (!decision.ok) throw new Error(decision.code);
    const events = decision.events.map((event, index) => ({
      ...event,
      id: event.id ?? `verdict-${asOf}-${index}`,
      occurredAt: new Date(NOW).toISOString(),
      correlationId: 'correlation-1',
      ...(traceparent !== 'none' && { traceparent }),
    }));
    await store.append([{ stream: STREAM, expected: 'any', events }]);
  }

  const issued = (actor: string, commandId = `by-${actor}`) => ({ actor, commandId, verdictId: 'verdict-10' });
  const claimBy = (actor: string, commandId?: string): CommandRequest => ({
    type: 'claim-mismatch',
    ...issued(actor, commandId),
  });
  const send = (request: CommandRequest, on: CommandDeps = deps) => handleReconciliationCommand(on, STREAM, request);
  const stream = () => store.readStream(STREAM);

  it('is appended with its actor, in the trace of what it follows from', async () => {
    const answer = await send(claimBy('an'));
    const [latest] = await store.readStream(STREAM, { direction: 'backwards', limit: 1 });
    expect(answer).toEqual({
      ok: true,
      repeated: false,
      position: latest?.position,
      streamVersion: 2,
      holder: 'an',
      leaseUntil: '2026-11-02T01:30:00.000Z',
    });
    expect(latest).toMatchObject({
      actor: 'an',
      correlationId: 'correlation-1',
      causationId: 'verdict-10-1',
      traceparent: TRACE,
      occurredAt: '2026-11-02T01:00:00.000Z',
    });
  });

  it('carries the trace of its own request where what it follows from is in none', async () => {
    const traceparent = '00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await handleReconciliationCommand(deps, STREAM, claimBy('an'), { traceparent });
    expect((await stream()).at(-1)).toMatchObject({ traceparent: TRACE, correlationId: 'correlation-1' });
    await appendMismatch(20, 'none');
    const claim: CommandRequest = { type: 'claim-mismatch', ...issued('an', 'again'), verdictId: 'verdict-20' };
    await handleReconciliationCommand(deps, STREAM, claim, { traceparent });
    expect((await stream()).at(-1)).toMatchObject({ traceparent, correlationId: 'correlation-1' });
  });

  it('of two people who claim at once is won by exactly one, and the other is told who holds it', async () => {
    const other = await SqliteEventStore.open({ directory });
    try {
      for (let round = 0; round < 5; round++) {
        const names = [`an-${round}`, `binh-${round}`] as const;
        const answers = await Promise.all([send(claimBy(names[0])), send(claimBy(names[1]), depsOn(other))]);
        const winner = answers[0].ok ? 0 : 1;
        expect(answers[winner]).toMatchObject({ ok: true, holder: names[winner] });
        expect(answers[1 - winner]).toEqual({
          ok: false,
          code: 'held-by-another',
          holder: names[winner],
          leaseUntil: '2026-11-02T01:30:00.000Z',
        });
        await send({ type: 'release-mismatch', ...issued(names[winner], `release-${round}`) });
      }
    } finally {
      await other.close();
    }
  });

  it('is decided again when another was appended between reading and appending', async () => {
    let late: Promise<unknown> | undefined;
    const racing: Pick<EventStore, 'append' | 'readStream'> = {
      readStream: (...args) => store.readStream(...args),
      append: async (appends) => {
        late ??= send(claimBy('binh'));
        await late;
        return store.append(appends);
      },
    };
    expect(await send(claimBy('an'), depsOn(racing))).toMatchObject({ code: 'held-by-another', holder: 'binh' });
  });

  it('that comes twice is answered as the first time, and appended once', async () => {
    const first = await send(claimBy('an'));
    await send({ type: 'settle-mismatch', decision: 'false-alarm', reason: 'Twins', ...issued('an', 'settle-1') });
    expect(await send(claimBy('an'))).toEqual({ ...first, repeated: true });
    expect(await stream()).toHaveLength(4);
  });

  it('that comes twice at the same time is appended once', async () => {
    const answers = await Promise.all([send(claimBy('an')), send(claimBy('an'))]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    expect(await stream()).toHaveLength(3);
  });

  it('under an id that someone else has used is refused', async () => {
    await Promise.all([send(claimBy('an', 'shared')), send(claimBy('binh', 'shared'))]);
    expect(await send(claimBy('binh', 'shared'))).toMatchObject({ ok: false, code: 'command-id-reused' });
  });

  it('on an older verdict is refused with the new one', async () => {
    await appendMismatch(20);
    expect(await send(claimBy('an'))).toMatchObject({ code: 'verdict-changed', verdictId: 'verdict-20' });
  });

  it('to what was never judged is refused', async () => {
    const nowhere = reconciliationStream('birth', 'ffffffffffffffffffffffffffffffff');
    const unknown = { ok: false, code: 'no-such-reconciliation' };
    expect(await handleReconciliationCommand(deps, nowhere, claimBy('an'))).toEqual(unknown);
    expect(await handleReconciliationCommand(deps, 'rules', claimBy('an'))).toEqual(unknown);
  });

  it('is refused as contended when others never let it in', async () => {
    const busy: Pick<EventStore, 'append' | 'readStream'> = {
      readStream: (...args) => store.readStream(...args),
      append: (appends) => Promise.resolve(appends.map(() => ({ ok: false, code: 'wrong-expected-state', actual: 9 }))),
    };
    expect(await send(claimBy('an'), depsOn(busy))).toEqual({ ok: false, code: 'contended' });
  });

  describe('that requests a correction', () => {
    const request = (fields: string[], side?: 'left' | 'right'): CommandRequest => ({
      type: 'request-correction',
      fields,
      side,
      note: 'As on the certificate',
      ...issued('an', 'request-1'),
    });

    it.each([
      [['fullName'], 'residents'],
      [['title'], 'enterprise-registry'],
      [['documentNumber'], 'enterprise-registry'],
    ])('of %s asks the registry that owns it', async (fields, registry) => {
      expect(await send(request(fields))).toMatchObject({ ok: true, requestId: expect.any(String) });
      expect((await stream()).at(-1)).toMatchObject({
        data: { registry, fields },
        personal: { note: 'As on the certificate' },
      });
    });

    it('asks the registry that the steward has chosen', async () => {
      await send(request(['fullName'], 'left'));
      expect((await stream()).at(-1)).toMatchObject({ data: { registry: 'enterprise-registry' } });
    });

    it('of fields that several registries own is refused', async () => {
      expect(await send(request(['fullName', 'title']))).toEqual({
        ok: false,
        code: 'fields-of-several-registries',
        registries: ['residents', 'enterprise-registry'],
      });
    });

    it('is answered by the registry under the id of the request', async () => {
      const asked = await send(request(['fullName']));
      const requestId = asked.ok ? (asked.requestId ?? '') : '';
      const acknowledge: CommandRequest = {
        type: 'acknowledge-correction',
        actor: 'residents',
        commandId: 'acknowledge-1',
        requestId,
      };
      expect(await send(acknowledge)).toMatchObject({ ok: true, requestId, repeated: false });
      expect(await send({ ...acknowledge, commandId: 'acknowledge-2' })).toMatchObject({ ok: true, repeated: false });
      expect(await stream()).toHaveLength(4);
    });
  });
});
