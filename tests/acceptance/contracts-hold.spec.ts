import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  CorrectionRequested,
  FeedCursorAdvanced,
  IntakeFinished,
  MismatchClaimed,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  QuarantineResolved,
  QuarantineResubmissionFailed,
  RecordQuarantined,
  RulesActivated,
  RulesActivatedV1,
} from '#contracts/events';
import type { WorkItem } from '#contracts/work';
import type { RecordedEvent } from '#libs/event-store/port';
import { restoreLog, SqliteEventStore } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import { newId } from '#libs/platform';
import {
  ask,
  endBy,
  enterprise,
  jsonl,
  khop,
  logOf,
  misfitsOf,
  misfitsOfEvents,
  openSmallHub,
  openWorkshop,
  printed,
  queueOf,
  resident,
  startHub,
  type QueueItem,
} from '#tests/support';

/** What the system really writes fits the committed JSON Schemas. */
describe('a hub with a province, files and a steward', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  const bodies: (readonly [command: string, body: object])[] = [];
  let log: readonly RecordedEvent[];
  let lines: readonly string[];

  beforeAll(async () => {
    const hub = await startHub(['--residents', '200', '--data-dir', dataDir]);
    const rows = [
      resident({ personalId: '001080999991' }),
      { ...resident(), status: 'ELSEWHERE' },
      { withdrawn: true },
    ];
    await khop(['import', workshop.file('residents.jsonl', jsonl(rows)), '--data-dir', dataDir]);
    const [one, other, third] = await queueOf(hub.address);
    if (one === undefined || other === undefined || third === undefined) throw new Error('the queue is too short');
    const act = (path: string, command: string, item: QueueItem, more: object = {}): Promise<unknown> => {
      const body = { commandId: newId(), verdictId: item.verdictId, ...more };
      bodies.push([command, body]);
      return ask(hub.address, `reconciliations/${item.check}/${item.reconciliation}/${path}`, { body });
    };
    for (const item of [one, other, third]) await act('claim', 'claim-mismatch', item);
    await act('hand-over', 'hand-over-mismatch', one, { to: 'cán bộ Bình' });
    const correction = { fields: ['fullName'], note: 'Xem lại họ tên.', proposed: { fullName: 'Nguyễn Văn Mẫu' } };
    await act('request-correction', 'request-correction', other, correction);
    await act('settle', 'settle-mismatch', third, { decision: 'false-alarm', reason: 'Giấy tờ gốc ghi như vậy.' });
    await act('reopen', 'reopen-mismatch', third);
    await act('claim', 'claim-mismatch', third);
    await act('release', 'release-mismatch', third);
    await endBy(hub, 'SIGTERM');
    const { stdout } = await khop(['quarantine', 'list', '--json', '--data-dir', dataDir]);
    const id = /"quarantineId":\s*"([0-9a-f]{32})"/.exec(stdout)?.[1] ?? 'none';
    for (const row of [{ ...resident(), status: 'NOWHERE' }, resident()]) {
      const file = workshop.file('row.json', JSON.stringify(row));
      await khop(['quarantine', 'resubmit', id, '--row', file, '--data-dir', dataDir]);
    }
    log = await logOf(dataDir);
    lines = (await printed(dataDir, 'verdicts', '--format', 'jsonl', '--candidates')).trimEnd().split('\n');
  }, 60_000);
  afterAll(() => workshop.remove());

  it('writes events as their schemas say', () => {
    expect(misfitsOfEvents(log)).toEqual([]);
  });

  it('has written of every kind', () => {
    const types = new Set(log.map(({ type }) => type));
    const expected = [
      CorrectionRequested,
      FeedCursorAdvanced,
      IntakeFinished,
      MismatchClaimed,
      MismatchReleased,
      MismatchReopened,
      MismatchSettled,
      QuarantineResolved,
      QuarantineResubmissionFailed,
      RecordQuarantined,
      RulesActivated,
    ];
    expect(expected.map(({ type }) => type).filter((type) => !types.has(type))).toEqual([]);
  });

  it('exports lines as their schema says', () => {
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.flatMap((line) => misfitsOf('khop.verdict-line.v1', JSON.parse(line)))).toEqual([]);
    expect(lines.some((line) => line.includes('"candidates"'))).toBe(true);
  });

  it('takes commands as their schemas say', () => {
    expect(bodies.flatMap(([command, body]) => misfitsOf(`khop.command.${command}.v1`, body))).toEqual([]);
  });
});

it('the linker hands out work items as their schema says', async () => {
  const items: WorkItem[] = [];
  const hub = await openSmallHub({ onItem: (item) => items.push(item) });
  try {
    await hub.record('resident', '001080012345', resident());
    await hub.record('enterprise', '0100233488', enterprise());
    await hub.catchUp();
    await hub.record('enterprise', '0100233488', 'withdrawn');
    await hub.catchUp();
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['judge', 'end']));
    expect(items.flatMap((item) => misfitsOf('khop.work-item.v1', item))).toEqual([]);
  } finally {
    await hub.close();
  }
});

it('the rules are as their schema says', () => {
  const file = new URL('../../contracts/rules/data/rules-2026-11-01.json', import.meta.url);
  expect(misfitsOf('khop.rules.v1', JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
});

it('an event of an old version fits the schema of its version, and reads as one of the newest', async () => {
  const workshop = openWorkshop();
  try {
    const fixture = '../../libs/event-store/upcasting/fixtures/rules-activated-v1.khop-backup';
    const backup = workshop.file('backup', readFileSync(new URL(fixture, import.meta.url)));
    await restoreLog(backup, workshop.at('log'));
    const store = await SqliteEventStore.open({ directory: workshop.at('log'), readOnly: true });
    const { events: stored } = await store.readAll();
    const { events: read } = await upcasting(store).readAll();
    await store.close();
    expect([...stored, ...read].map(({ type }) => type)).toEqual([RulesActivatedV1.type, RulesActivated.type]);
    expect(misfitsOfEvents([...stored, ...read])).toEqual([]);
  } finally {
    await workshop.remove();
  }
});

describe('the JSON Schemas are as strict as the hub is', () => {
  const line = {
    check: 'birth',
    registry: 'civil-status',
    recordKey: '00004/1/2/2026-02-03',
    part: 0,
    counterpart: { registry: 'residents', recordKey: '001080012345' },
    outcome: 'MISMATCHED',
    codes: ['FIELD_MISMATCH'],
    fields: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
    rules: '2026-11-01',
  };

  it('in a line of the export', () => {
    expect(misfitsOf('khop.verdict-line.v1', line)).toEqual([]);
  });

  it.each<[string, object]>([
    ['an unknown field', { other: 1 }],
    ['an unknown registry', { registry: 'land' }],
    ['a mismatch without a code', { codes: [] }],
    ['a match with a code', { outcome: 'MATCHED' }],
    ['a code twice', { codes: ['NO_ID', 'NO_ID'] }],
    ['a field that is equal', { fields: [{ field: 'fullName', verdict: 'EQUAL' }] }],
    ['a similarity without a why', { fields: [{ field: 'fullName', verdict: 'SIMILAR' }] }],
    ['a why of another verdict', { fields: [{ field: 'fullName', verdict: 'EQUIVALENT', why: 'TYPO' }] }],
    ['a difference with a why', { fields: [{ field: 'fullName', verdict: 'DIFFERENT', why: 'TYPO' }] }],
    ['a compared field without a counterpart', { counterpart: null }],
    ['candidates beside a counterpart', { candidates: [{ recordKey: '001080012346', score: 0.9 }] }],
  ])('which can’t have %s', (_, other) => {
    expect(misfitsOf('khop.verdict-line.v1', { ...line, ...other })).not.toEqual([]);
  });

  it('in an event: its type, its version and what is in it belong together', () => {
    const event = {
      id: '1',
      type: RulesActivated.type,
      schemaVersion: 2,
      stream: 'rules',
      streamVersion: 0,
      position: 1,
      occurredAt: '2026-11-22T00:00:00.000Z',
      recordedAt: '2026-11-22T00:00:00.000Z',
      correlationId: '1',
      data: { version: '2026-11-01', hash: 'abc', tables: ['wards-2025'] },
    };
    expect(misfitsOf(RulesActivated.type, event)).toEqual([]);
    expect(misfitsOf(RulesActivated.type, { ...event, schemaVersion: 1 })).not.toEqual([]);
    expect(misfitsOf(RulesActivated.type, { ...event, personal: {} })).not.toEqual([]);
    expect(misfitsOf(RulesActivated.type, { ...event, data: { ...event.data, more: 1 } })).not.toEqual([]);
  });
});
