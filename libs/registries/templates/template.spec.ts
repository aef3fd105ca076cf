import { afterAll, describe, expect, it } from '@jest/globals';
import { DEFINITIONS } from '../definitions/index.ts';
import { temporaryFiles } from '../files/file-fixtures.ts';
import { normaliseRecord } from '../validation/index.ts';
import { makeTemplate, TEMPLATE_FORMATS } from './index.ts';

const NOW = Date.UTC(2026, 10, 1);
const files = temporaryFiles();
afterAll(() => files.remove());

const cases = DEFINITIONS.flatMap((definition) =>
  TEMPLATE_FORMATS.flatMap((format) =>
    (['en', 'vi'] as const).map((headers) => [definition.record, format, headers, definition] as const),
  ),
);

describe('a template', () => {
  it.each(cases)(
    'of %s as %s with headers in %s can be taken in as it is',
    async (record, format, headers, definition) => {
      const bytes = await makeTemplate(definition, format, { headers });
      const [row, ...others] = await files.rows(`${record}.${format}`, bytes);
      expect(others).toEqual([]);
      const example = normaliseRecord(definition, definition.example, NOW);
      expect(example).toMatchObject({ ok: true, content: definition.example });
      expect(normaliseRecord(definition, row?.raw, NOW)).toEqual(example);
    },
  );

  it('of enterprises names its columns as record-formats does', async () => {
    const [enterprise] = DEFINITIONS;
    if (enterprise === undefined) throw new TypeError();
    const [english = '', vietnamese = ''] = await Promise.all(
      (['en', 'vi'] as const).map(
        async (headers) => String(await makeTemplate(enterprise, 'csv', { headers })).split('\r\n')[0],
      ),
    );
    expect(english).toContain('headOffice.wardCode');
    expect(english).toContain('representative.documentNumber');
    expect(vietnamese).toContain(
      'Mã số doanh nghiệp,Mã số thuế,Tên doanh nghiệp,Tên viết tắt,Tên nước ngoài,Loại hình,Tình trạng',
    );
    expect(vietnamese).toContain('Người đại diện,Ngày sinh,Giới tính,Quốc tịch,Loại giấy tờ,Số giấy tờ,Chức danh');
  });
});
