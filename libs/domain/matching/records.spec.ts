import { expect, it } from '@jest/globals';
import { RECORDS } from '#contracts/records';

/** By these fields the domain tells what a content is of: no other record type may have one of them. */
it.each([
  ['representatives', 'enterprise'],
  ['kind', 'taxpayer'],
  ['husband', 'marriage'],
  ['wife', 'marriage'],
  ['personalId', 'resident'],
])('%s stands in records of type %s alone', (field, record) => {
  expect(RECORDS.filter(({ fields }) => field in fields).map((definition) => definition.record)).toEqual([record]);
});
