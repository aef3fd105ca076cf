import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Errors } from 'typebox/value';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { givenMismatch, type SeenMismatch } from '../testing/people.ts';
import { ANSWER_SCHEMAS, type AnswerName } from './answers.ts';

describe('answers are what their schemas say', () => {
  let desk: DeskScene;
  let mismatch: SeenMismatch;
  let record: Record<string, unknown>;

  beforeAll(async () => {
    desk = await openDesk();
    mismatch = await givenMismatch(desk);
    await desk.post(`${mismatch.path}/claim`, {
      actor: 'Lan',
      body: { commandId: 'command-1', verdictId: mismatch.verdictId },
    });
    await desk.post(`${mismatch.path}/request-correction`, {
      actor: 'Lan',
      body: { commandId: 'command-2', verdictId: mismatch.verdictId, fields: ['fullName'] },
    });
    const search = { registry: 'enterprise-registry', record: 'enterprise', key: '0100233488' };
    record = (await desk.post('/api/v1/records/search', { body: search })).body;
  });
  afterAll(() => desk.close());

  const paths: readonly [AnswerName, () => string][] = [
    ['QueueResult', () => '/api/v1/queue'],
    ['DashboardResult', () => '/api/v1/dashboard?targetDay=2026-12-31'],
    ['ReconciliationPage', () => mismatch.path],
    ['RecordPage', () => `/api/v1/records/enterprise-registry/enterprise/${String(record['hash'])}`],
    ['LogPage', () => '/api/v1/streams'],
    ['StreamPage', () => `/api/v1/streams/${String(record['stream'])}`],
    ['HubStats', () => '/api/v1/stats'],
    ['Readiness', () => '/health/ready'],
    ['QuarantineList', () => '/api/v1/quarantine'],
    ['DeadLetterList', () => '/api/v1/dead-letters'],
    ['ImportList', () => '/api/v1/imports'],
    ['Problem', () => '/api/v1/queue?limit=0'],
  ];

  it.each(paths)('%s', async (name, path) => {
    const { body } = await desk.get(path());
    expect(Errors(ANSWER_SCHEMAS[name], body)).toEqual([]);
  });
});
