import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { stringify } from 'csv-stringify/sync';
import { RECORD_EVENT_TYPES } from '#contracts/events';
import { DEFINITIONS, type RecordDefinition } from '../definitions/index.ts';
import { openIntakeBench, type IntakeBench } from '../intake/intake-fixtures.ts';
import { takeRecords } from '../intake/index.ts';
import { temporaryFiles } from './file-fixtures.ts';
import { openRecordFile } from './open-record-file.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

/** The example of a definition, and others like it with other keys. */
function someRecords(definition: RecordDefinition): Record<string, unknown>[] {
  const keys = {
    enterpriseCode: ['0314409058', '0100233488-001'],
    taxCode: ['0314409058', '001080000001'],
    personalId: ['001080000002', '079300123456'],
  };
  const [keyField = ''] = definition.keyFields;
  const others = Object.entries(keys).find(([field]) => field === keyField)?.[1] ?? ['7', '8'];
  return [
    definition.example,
    ...others.map((key) => ({
      ...definition.example,
      [keyField]:
        keyField === 'register' ? { wardCode: '00007', book: '02', number: key, registeredOn: '2026-03' } : key,
      ...(definition.record === 'enterprise'
        ? { representatives: [{ fullName: 'Một' }, { fullName: 'Hai, "Ba"', gender: 'FEMALE' }] }
        : {}),
    })),
    { ...definition.example, updatedAt: '2026-08-01T00:00:00Z' },
  ];
}

/** The records as rows of a table, one row for each element of a list. */
function tableOf(definition: RecordDefinition, records: readonly Record<string, unknown>[]): string[][] {
  const rows = records.flatMap((record) => {
    const listed = Object.entries(record).filter(([, value]) => Array.isArray(value)) as [string, object[]][];
    const [list] = listed;
    const plain = Object.fromEntries(Object.entries(record).filter(([, value]) => !Array.isArray(value)));
    if (list === undefined) return [flat(plain)];
    const spec = definition.fields[list[0]];
    const column = spec?.kind === 'list' ? spec.column : '';
    return list[1].map((element) => ({ ...flat(plain), ...flat(element, `${column}.`) }));
  });
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))];
}

function flat(value: object, prefix = ''): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    if (typeof item === 'object' && item !== null) Object.assign(cells, flat(item, `${prefix}${name}.`));
    else cells[`${prefix}${name}`] = String(item);
  }
  return cells;
}

describe.each(DEFINITIONS.map((definition) => [definition.record, definition] as const))(
  'records of %s',
  (record, definition) => {
    let bench: IntakeBench;
    beforeEach(async () => {
      bench = await openIntakeBench();
    });
    afterEach(() => bench.close());

    async function eventsOf(name: string, bytes: string | Buffer): Promise<unknown[]> {
      const file = await openRecordFile(files.write(name, bytes));
      const report = await takeRecords(bench.deps, { definition, source: { kind: 'file', fileName: name } }, file.rows);
      expect(report.quarantined).toBe(0);
      const events = await bench.events(RECORD_EVENT_TYPES);
      return events.map(({ id, type, stream, streamVersion, occurredAt, personal }) => ({
        id,
        type,
        stream,
        streamVersion,
        occurredAt,
        personal,
      }));
    }

    it('give the very same events from CSV and XLSX as from JSON lines', async () => {
      const records = someRecords(definition);
      const table = tableOf(definition, records);
      const sheet = table.map((row) => row.map((value) => ({ value, type: String })));
      const fromLines = await eventsOf(`${record}.jsonl`, records.map((item) => JSON.stringify(item)).join('\r\n'));
      expect(fromLines).toHaveLength(4);

      for (const [name, bytes] of [
        [`${record}.csv`, stringify(table)],
        [`${record}s.csv`, Buffer.from(`\ufeff${stringify(table, { delimiter: ';' })}`, 'utf16le')],
        [`${record}.xlsx`, await writeXlsxFile(sheet).toBuffer()],
      ] as const) {
        await bench.close();
        bench = await openIntakeBench();
        expect(await eventsOf(name, bytes)).toEqual(fromLines);
      }
    });
  },
);
