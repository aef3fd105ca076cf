import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MismatchCleared } from '#contracts/events';
import { CURRENT_RULES } from '#contracts/rules';
import type { RecordContents } from '#contracts/records';
import { WORK_TOPIC } from '#contracts/work';
import { newId } from '#libs/platform';
import { PROVINCE_FILES } from '#seeds';
import {
  ask,
  claim,
  endBy,
  logOf,
  openWorkshop,
  personalValuesOf,
  queueOf,
  rowsOf,
  startHub,
  type PersonalValues,
  type QueueItem,
  type RunningHub,
} from '#tests/support';
import { describeWith, findJaeger } from '../support/infra/index.ts';
import { describePath, readTraces, type ReadSpan } from '../support/infra/read-traces.ts';

const TRACE_ID = 'c0ffee16cd43dd8448eb211c80319cab';
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const WRONG = 'Người Không Ai Biết';

describeWith(await findJaeger(), 'a change at a source, in Jaeger', (jaeger) => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  let hub: RunningHub;
  let values: PersonalValues;
  let spans: readonly ReadSpan[];
  let everything: string;

  /** Waits until something is there; rejects when it never comes. */
  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(100);
    }
    throw new Error('it never came');
  }

  const sourceOf = (registry: string): string => {
    const address = new RegExp(`^Registry: (\\S+) \\(${registry}\\)$`, 'm').exec(hub.stdout())?.[1];
    if (address === undefined) throw new Error(`the hub does not say where ${registry} is`);
    return address;
  };

  const put = (url: string, body: object): Promise<Response> =>
    fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', traceparent: TRACEPARENT },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    hub = await startHub(['--data-dir', dataDir, '--residents', '150', '--seed', '5'], {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: jaeger().otlpUrl, OTEL_TRACES_SAMPLER_ARG: '0.2' },
    });
    const files = Object.values(PROVINCE_FILES).map((name) => join(dataDir, 'sources', 'province', name));
    values = personalValuesOf([...files.flatMap(rowsOf), { fullName: WRONG }], [CURRENT_RULES]);

    const births = rowsOf(join(dataDir, 'sources', 'province', PROVINCE_FILES.birth)) as unknown as readonly Birth[];
    const known = new Set((await queueOf(hub.address, 200)).map(({ reconciliation }) => reconciliation));
    const birth = births.find(({ child }) => /^[0-9]{12}$/.test(child.documentNumber ?? ''));
    if (birth === undefined) throw new Error('the province has no birth of somebody with a number');
    const registry = sourceOf('civil-status');
    await put(`${registry}/admin/settings`, { applyRate: 1, refuseRate: 0, delayMilliseconds: 50 });
    const changed = { ...birth, child: { ...birth.child, fullName: WRONG }, updatedAt: new Date().toISOString() };
    expect(await (await put(`${registry}/admin/records/birth`, changed)).json()).toMatchObject({ changed: true });

    const item = await until(async () =>
      (await queueOf(hub.address, 200)).find(
        ({ check, reconciliation }) => check === 'birth' && !known.has(reconciliation),
      ),
    );
    await claim(hub.address, item);
    await requestCorrection(item, birth.child.fullName);
    await until(async () =>
      (await logOf(dataDir)).find(
        ({ type, stream }) => type === MismatchCleared.type && stream.endsWith(item.reconciliation),
      ),
    );
    await until(async () =>
      (await queueOf(hub.address, 200)).some(({ reconciliation }) => reconciliation === item.reconciliation)
        ? undefined
        : true,
    );
    const { code } = await endBy(hub, 'SIGTERM');
    expect(code).toBe(0);
    await until(async () => {
      const traces = await readTraces(jaeger().queryUrl);
      spans = traces.spansOf(TRACE_ID);
      everything = traces.text;
      return spans.some(({ name, eventType }) => name === 'fold queue' && eventType === MismatchCleared.type)
        ? true
        : undefined;
    });
  }, 120_000);
  afterAll(() => workshop.remove());

  async function requestCorrection(item: QueueItem, proposed: string | undefined): Promise<void> {
    await ask(hub.address, `reconciliations/${item.check}/${item.reconciliation}/request-correction`, {
      body: {
        commandId: newId(),
        verdictId: item.verdictId,
        fields: ['fullName'],
        side: 'left',
        proposed: { fullName: proposed },
      },
    });
  }

  it('is one trace up to the mismatch in the queue, each step a child of the one before', () => {
    expect(
      describePath(spans, (span) => span.name === 'fold queue' && span.eventType.includes('mismatch-flagged')),
    ).toEqual([
      'sources: PUT /admin/records/:record',
      'sources: change birth',
      'adapters: process civil-status.birth',
      'adapters: publish khop.civil-status.birth-amended.v1',
      'linker: link civil-status.birth',
      `linker: publish ${WORK_TOPIC}`,
      'linker: reconcile birth',
      'linker: publish khop.reconciliation.mismatch-flagged.v1',
      'views: fold queue',
    ]);
  });

  it('goes on with what the steward does about it, the correction’s way to the source, and its way back', () => {
    const path = describePath(
      spans,
      (span) => span.name === 'fold queue' && span.eventType.includes('mismatch-cleared'),
    );
    expect(path.slice(path.indexOf('linker: reconcile birth') + 1)).toEqual([
      'linker: publish khop.reconciliation.mismatch-flagged.v1',
      'steward-desk: claim-mismatch',
      'steward-desk: publish khop.reconciliation.mismatch-claimed.v1',
      'steward-desk: request-correction',
      'steward-desk: publish khop.reconciliation.correction-requested.v1',
      'adapters: process khop.correction-request.v1',
      'adapters: POST /corrections',
      'sources: POST /corrections',
      'sources: decide correction',
      'adapters: process civil-status.birth',
      'adapters: publish khop.civil-status.birth-amended.v1',
      'linker: link civil-status.birth',
      `linker: publish ${WORK_TOPIC}`,
      'linker: reconcile birth',
      'linker: publish khop.reconciliation.mismatch-cleared.v1',
      'views: fold queue',
    ]);
  });

  it('has every step: none names a parent that nobody has told of', () => {
    const ids = new Set(spans.map(({ id }) => id));
    const lost = spans.filter(({ parent }) => parent !== undefined && !ids.has(parent));
    // Whoever asked for the change is no part of the hub.
    expect([...new Set(lost.map(({ name }) => name))]).toEqual(['PUT /admin/settings', 'PUT /admin/records/:record']);
  });

  it('says what was judged and how, and by which request a steward acted', () => {
    const [first] = spans.filter(({ name }) => name === 'reconcile birth');
    expect(first?.attributes).toMatchObject({
      'khop.check': 'birth',
      'khop.outcome': 'MISMATCHED',
      'khop.reconciliation': expect.stringMatching(/^reconciliation\.birth-[0-9a-f]{32}$/) as unknown,
    });
    const command = spans.find(({ name }) => name === 'request-correction');
    expect(command?.links).toHaveLength(1);
  });

  it('does not tell who it is about, nor does anything else that was traced', () => {
    expect(values.counts.names).toBeGreaterThan(100);
    expect(everything).toContain('reconcile');
    expect(values.foundIn(everything)).toEqual([]);
  });
});

type Birth = RecordContents['birth'];
