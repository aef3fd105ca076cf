import type { Enterprise } from '#contracts/records';
import { COMPANY, COMPANY_TAXES, HOA, mentionOf } from './cast.ts';
import { record, verdict, type Scenario } from './scenario.ts';

const HOA_FOUND = { registry: 'residents', recordKey: HOA.personalId } as const;
const TAXES_FOUND = { registry: 'tax-office', recordKey: COMPANY_TAXES.taxCode } as const;

const registered = verdict('tax-registration', 'enterprise-registry', COMPANY.enterpriseCode, {
  counterpart: TAXES_FOUND,
});
const represented = (said: Parameters<typeof verdict>[3] = {}) =>
  verdict('legal-representative', 'enterprise-registry', COMPANY.enterpriseCode, { counterpart: HOA_FOUND, ...said });

const headedBy = (fullName: string, updatedAt: string): Enterprise => ({
  ...COMPANY,
  representatives: [{ ...mentionOf(HOA), fullName, title: 'Giám đốc' }],
  updatedAt,
});

export const REPRESENTATIVE_CORRECTED = {
  name: 'representative-corrected',
  tells:
    'A wrong letter in the name of a company head is found, and gone once the enterprise registry has corrected it.',
  steps: [
    {
      does: 'The registries hand over what they have; the company head is misspelt',
      records: [
        record('resident', HOA),
        record('taxpayer', COMPANY_TAXES),
        record('enterprise', headedBy('Đặng Thhị Hòa', '2025-02-01T08:00:00+07:00')),
      ],
      verdicts: [
        represented({
          codes: ['FIELD_MISMATCH'],
          fields: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
        }),
        registered,
      ],
    },
    {
      does: 'The enterprise registry corrects the name',
      records: [record('enterprise', headedBy(HOA.fullName, '2025-03-01T08:00:00+07:00'))],
      verdicts: [represented(), registered],
    },
  ],
} as const satisfies Scenario;

export const ENTERPRISE_BEFORE_RESIDENTS = {
  name: 'enterprise-before-residents',
  tells: 'A company arrives before its head does: not found, unless the verdict was held back, and matched afterwards.',
  steps: [
    {
      does: 'The enterprise registry and the tax office come first',
      records: [record('enterprise', COMPANY), record('taxpayer', COMPANY_TAXES)],
      verdicts: [represented({ counterpart: null, codes: ['NOT_FOUND'] }), registered],
    },
    {
      does: 'The residents database follows',
      records: [record('resident', HOA)],
      verdicts: [represented(), registered],
    },
  ],
} as const satisfies Scenario;

export const REPRESENTATIVE_DIES = {
  name: 'representative-dies',
  tells: 'A company head dies, and the company lives on with them until it is dissolved.',
  steps: [
    {
      does: 'All is well',
      records: [record('resident', HOA), record('enterprise', COMPANY), record('taxpayer', COMPANY_TAXES)],
      verdicts: [represented(), registered],
    },
    {
      does: 'The residents database records the death',
      records: [
        record('resident', {
          ...HOA,
          status: 'DECEASED',
          diedOn: '2025-04-02',
          updatedAt: '2025-04-05T08:00:00+07:00',
        }),
      ],
      verdicts: [represented({ codes: ['DECEASED'] }), registered],
    },
    {
      does: 'The company is dissolved, which the tax office does not know yet',
      records: [record('enterprise', { ...COMPANY, status: 'DISSOLVED', updatedAt: '2025-06-01T08:00:00+07:00' })],
      verdicts: [
        represented(),
        {
          ...registered,
          outcome: 'MISMATCHED',
          codes: ['STATUS_CONFLICT'],
          fields: [{ field: 'status', verdict: 'DIFFERENT' }],
        },
      ],
    },
    {
      does: 'The tax office closes the tax code',
      records: [record('taxpayer', { ...COMPANY_TAXES, status: '01', updatedAt: '2025-07-01T08:00:00+07:00' })],
      verdicts: [represented(), registered],
    },
  ],
} as const satisfies Scenario;

export const OLD_HABITS = {
  name: 'old-habits',
  tells: 'A 9-digit number must be replaced; an old ward, an abbreviation and capitals need not.',
  steps: [
    {
      does: 'The enterprise registry writes as it always did',
      records: [
        record('resident', HOA),
        record('taxpayer', COMPANY_TAXES),
        record('enterprise', {
          ...COMPANY,
          name: 'CTY TNHH SX SÔNG XANH',
          headOffice: { wardCode: '04813', wardName: 'Xã Yên Mông', provinceCode: '17' },
          representatives: [
            {
              fullName: 'ĐẶNG THỊ HÒA',
              dateOfBirth: '1984',
              gender: 'FEMALE',
              documentType: 'CMND9',
              documentNumber: '131000101',
            },
          ],
        }),
      ],
      verdicts: [
        represented({
          codes: ['CMND9_ONLY'],
          fields: [
            { field: 'fullName', verdict: 'EQUIVALENT', why: 'CASE' },
            { field: 'dateOfBirth', verdict: 'PARTIAL' },
          ],
        }),
        {
          ...registered,
          fields: [
            { field: 'name', verdict: 'EQUIVALENT', why: 'ABBREVIATION' },
            { field: 'address', verdict: 'EQUIVALENT', why: 'RENAMED_UNIT' },
          ],
        },
      ],
    },
  ],
} as const satisfies Scenario;
