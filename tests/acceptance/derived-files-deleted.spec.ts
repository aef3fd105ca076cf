import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MismatchFlagged } from '#contracts/events';
import { act, aProvince, importInto, jsonl, logOf, openWorkshop, printed, rowsOf, verdictsOf } from '#tests/support';

const RESIDENTS = 300;

describe('every derived file deleted', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');

  beforeAll(async () => {
    const files = await aProvince(workshop.at('province'), RESIDENTS);
    await importInto(dataDir, ...Object.values(files));
    await importChanges(files.resident);
    await workOnSome();
  }, 60_000);
  afterAll(() => workshop.remove());

  /** Residents whose names are corrected, spoilt, spoilt and corrected in one file, or who are withdrawn. */
  async function importChanges(file: string): Promise<void> {
    const changes = rowsOf(file).flatMap((row, index): object[] => {
      const at = (hour: number) => ({ updatedAt: `2026-10-01T${String(hour).padStart(2, '0')}:00:00+07:00` });
      const spoilt = { ...row, fullName: `${String(row['fullName'])} Sai`, ...at(1) };
      if (index % 7 === 0) return [spoilt];
      if (index % 7 === 1) return [spoilt, { ...row, ...at(2) }];
      if (index % 31 === 2) return [{ ...row, ...at(1), withdrawn: true }];
      if (index % 31 === 3) return [{ ...row, dateOfBirth: '30/02/1980' }];
      return [];
    });
    await importInto(dataDir, workshop.file('residents.jsonl', jsonl(changes)));
  }

  async function workOnSome(): Promise<void> {
    const flagged = (await logOf(dataDir)).filter(({ type }) => type === MismatchFlagged.type);
    for (const [index, { stream }] of flagged.slice(0, 8).entries()) {
      await act(dataDir, stream, (issued) =>
        index % 2 === 0
          ? { type: 'claim-mismatch', ...issued }
          : { type: 'settle-mismatch', decision: 'false-alarm', reason: 'Đã kiểm tra.', ...issued },
      );
    }
  }

  /** Everything that can be asked of the hub, as text. */
  async function everythingShown(): Promise<Readonly<Record<string, string>>> {
    const csv = workshop.at('queue.csv');
    await printed(dataDir, 'mismatches', '--out', csv);
    return {
      verdicts: await verdictsOf(dataDir),
      queue: readFileSync(csv, 'utf8'),
      done: await printed(dataDir, 'mismatches', '--tab', 'done', '--json'),
      counts: await printed(dataDir, 'stats', '--json'),
    };
  }

  it('the hub shows the same verdicts, queue and counts, byte by byte, and the log is as it was', async () => {
    const shown = await everythingShown();
    const log = await logOf(dataDir);
    expect(shown['queue']?.split('\n').length).toBeGreaterThan(40);
    expect(JSON.parse(shown['done'] ?? '')).toMatchObject({ items: expect.arrayContaining([expect.anything()]) });

    const derived = readdirSync(dataDir).filter((name) => name !== 'log');
    expect(derived).toEqual(expect.arrayContaining(['linker.sqlite', 'rejected', 'views']));
    for (const name of derived) rmSync(workshop.at('data', name), { recursive: true });

    expect(await everythingShown()).toEqual(shown);
    expect(await logOf(dataDir)).toEqual(log);
    expect(await printed(dataDir, 'verify')).toContain('The log is sound');
  }, 90_000);
});
