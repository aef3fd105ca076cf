import type { Birth, Marriage, Resident } from '#contracts/records';
import { HOA, mentionOf, QUY } from './cast.ts';
import { record, verdict, type Scenario } from './scenario.ts';

const foundAs = (resident: Resident) => ({ registry: 'residents', recordKey: resident.personalId }) as const;

const child = (personalId: string, fullName: string, gender: 'MALE' | 'FEMALE'): Resident => ({
  personalId,
  fullName,
  dateOfBirth: '2014-05-06',
  gender,
  nationality: 'Việt Nam',
  maritalStatus: 'SINGLE',
  mother: { fullName: HOA.fullName, documentNumber: HOA.personalId },
  father: { fullName: QUY.fullName, documentNumber: QUY.personalId },
  status: 'ALIVE',
  updatedAt: '2025-01-10T08:00:00+07:00',
});
const AN = child('025214000103', 'Trần Minh An', 'MALE');
const BINH = child('025214000104', 'Trần Minh Bình', 'MALE');

const birthOf = (resident: Resident, number: string): Birth => ({
  register: { wardCode: '04792', book: '01/2014', number, registeredOn: '2014-05-20' },
  child: mentionOf(resident),
  mother: mentionOf(HOA),
  father: mentionOf(QUY),
  updatedAt: '2025-01-12T08:00:00+07:00',
});
const birthKey = (number: string): string => `04792/01%2F2014/${number}/2014-05-20`;
const born = (resident: Resident, number: string, said: Parameters<typeof verdict>[3] = {}) =>
  verdict('birth', 'civil-status', birthKey(number), { counterpart: foundAs(resident), ...said });

export const TWINS = {
  name: 'twins',
  tells: 'Two brothers born on one day to the same parents are two people.',
  steps: [
    {
      does: 'The twins are in the residents database and in the register of births',
      records: [
        record('resident', AN),
        record('resident', BINH),
        record('birth', birthOf(AN, '41')),
        record('birth', birthOf(BINH, '42')),
      ],
      verdicts: [born(AN, '41'), born(BINH, '42')],
    },
  ],
} as const satisfies Scenario;

const AN_AGAIN: Resident = { ...AN, personalId: '017214000105', fullName: 'TRẦN MINH AN' };

export const DUPLICATE_RESOLVED = {
  name: 'duplicate-resolved',
  tells: 'One boy under two numbers is suspected, until one of them is withdrawn.',
  steps: [
    {
      does: 'The residents database has the boy twice',
      records: [record('resident', AN), record('resident', AN_AGAIN)],
      verdicts: [
        verdict('duplicate', 'residents', AN_AGAIN.personalId, {
          counterpart: foundAs(AN),
          codes: ['DUPLICATE_SUSPECT'],
          fields: [{ field: 'fullName', verdict: 'EQUIVALENT', why: 'CASE' }],
        }),
      ],
    },
    {
      does: 'It withdraws the later one',
      records: [record('resident', { ...AN_AGAIN, withdrawn: true, updatedAt: '2025-05-01T08:00:00+07:00' })],
      verdicts: [],
    },
  ],
} as const satisfies Scenario;

export const RESIDENT_AMENDED = {
  name: 'resident-amended',
  tells: 'A resident is amended, and every record that points to them is judged again.',
  steps: [
    {
      does: 'The residents database has day and month of birth the wrong way round',
      records: [
        record('resident', { ...AN, dateOfBirth: '2014-06-05' }),
        record('birth', birthOf(AN, '41')),
        record('taxpayer', {
          taxCode: AN.personalId,
          kind: 'INDIVIDUAL',
          name: AN.fullName,
          status: '00',
          representative: mentionOf(AN),
          updatedAt: '2025-01-15T08:00:00+07:00',
        }),
      ],
      verdicts: [
        born(AN, '41', {
          codes: ['FIELD_MISMATCH'],
          fields: [{ field: 'dateOfBirth', verdict: 'SIMILAR', why: 'DAY_MONTH_SWAP' }],
        }),
        verdict('taxpayer-identity', 'tax-office', AN.personalId, {
          counterpart: foundAs(AN),
          codes: ['FIELD_MISMATCH'],
          fields: [{ field: 'dateOfBirth', verdict: 'SIMILAR', why: 'DAY_MONTH_SWAP' }],
        }),
      ],
    },
    {
      does: 'It corrects the date',
      records: [record('resident', { ...AN, updatedAt: '2025-05-01T08:00:00+07:00' })],
      verdicts: [
        born(AN, '41'),
        verdict('taxpayer-identity', 'tax-office', AN.personalId, { counterpart: foundAs(AN) }),
      ],
    },
  ],
} as const satisfies Scenario;

const MARRIAGE: Marriage = {
  register: { wardCode: '04792', book: '02', number: '7', registeredOn: '2010-10-10' },
  husband: mentionOf(QUY),
  wife: mentionOf(HOA),
  establishedOn: '2010-10-10',
  status: 'IN_FORCE',
  updatedAt: '2025-01-12T08:00:00+07:00',
};
const married = (part: 0 | 1, said: Parameters<typeof verdict>[3] = {}) =>
  verdict('marriage', 'civil-status', '04792/02/7/2010-10-10', {
    part,
    counterpart: foundAs(part === 0 ? QUY : HOA),
    ...said,
  });

export const MARRIAGE_NOT_RECORDED = {
  name: 'marriage-not-recorded',
  tells: 'The residents database takes a husband for single, until somebody tells it.',
  steps: [
    {
      does: 'The marriage is registered; the husband is single, with nobody at his side',
      records: [
        record('resident', alone({ ...QUY, maritalStatus: 'SINGLE' })),
        record('resident', HOA),
        record('marriage', MARRIAGE),
      ],
      verdicts: [
        married(0, {
          codes: ['STATUS_CONFLICT'],
          fields: [
            { field: 'maritalStatus', verdict: 'DIFFERENT' },
            { field: 'spouse.fullName', verdict: 'MISSING_RIGHT' },
          ],
        }),
        married(1),
      ],
    },
    {
      does: 'The residents database records the marriage',
      records: [record('resident', { ...QUY, updatedAt: '2025-05-01T08:00:00+07:00' })],
      verdicts: [married(0), married(1)],
    },
  ],
} as const satisfies Scenario;

function alone(resident: Resident): Resident {
  const rest = { ...resident };
  delete rest.spouse;
  return rest;
}
