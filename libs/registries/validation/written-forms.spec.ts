import { describe, expect, it } from '@jest/globals';
import { writtenForms } from './index.ts';

describe('a key as people type it', () => {
  it.each([
    ['resident', '001080012345', ' 001 080 012 345 '],
    ['resident', '001080012345', '001.080.012.345'],
    ['resident', '001080012345', '001080-012345'],
    ['enterprise', '0100233488', '0100 233 488'],
    ['taxpayer', '0100233488-001', '0100233488001'],
    ['birth', '00004/01%2F2026/12/2026-02-03', '00004/01/2026/12/2026-02-03'],
    ['birth', '00004/01/12/2026-02-03', ' 4 / 01 / 12 / 2026-02-03'],
    ['marriage', '00004/TP-KH%2F2019/12A/2026-02-03', '00004/tp-kh/2019/12a/2026-02-03'],
  ] as const)('finds the %s %s', (record, key, typed) => {
    expect(writtenForms(record, typed)).toContain(key);
  });

  it('is tried as it was typed first, and in few ways', () => {
    expect(writtenForms('resident', 'whatever')[0]).toBe('whatever');
    expect(writtenForms('birth', '/'.repeat(500)).length).toBeLessThan(30);
  });
});
