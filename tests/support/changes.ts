import fc from 'fast-check';
import type { RecordContents, RecordType } from '#contracts/records';
import { enterprise, resident, taxpayer } from './people.ts';
import type { SmallHub } from './small-hub.ts';

/** A change of a record, as its registry has it. */
export interface Change {
  readonly type: RecordType;
  readonly key: string;
  readonly content: RecordContents[RecordType] | 'withdrawn';
}

const IDS = ['001080012345', '001080012346'];
const CODES = ['0100233488', '0312345678'];
const NAMES = ['Nguyễn Văn Bình', 'Nguyễn Văn Binh', 'Trần Thị Lụa'];

const id = fc.constantFrom(...IDS);
const code = fc.constantFrom(...CODES);
const name = fc.constantFrom(...NAMES);
const withdrawals = (type: RecordType, key: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
  key.map((which) => ({ type, key: which, content: 'withdrawn' as const }));

/** Changes of a handful of records that point to one another, so that a few of them meet often. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({ key: id, fullName: name, former: fc.option(id), cmnd9: fc.boolean() })
    .map(({ key, fullName, former, cmnd9 }) => ({
      type: 'resident' as const,
      key,
      content: resident({
        personalId: key,
        fullName,
        formerIds: [
          ...(former === null || former === key ? [] : [{ type: 'PERSONAL_ID' as const, value: former }]),
          ...(cmnd9 ? [{ type: 'CMND9' as const, value: '012345678' }] : []),
        ],
      }),
    })),
  fc
    .record({ key: code, fullName: name, documentNumber: fc.constantFrom(...IDS, '012345678', '12') })
    .map(({ key, fullName, documentNumber }) => ({
      type: 'enterprise' as const,
      key,
      content: enterprise({ enterpriseCode: key, taxCode: key, representatives: [{ fullName, documentNumber }] }),
    })),
  fc.record({ key: code, status: fc.constantFrom('00' as const, '01' as const) }).map(({ key, status }) => ({
    type: 'taxpayer' as const,
    key,
    content: taxpayer({ taxCode: key, enterpriseCode: key, status }),
  })),
  withdrawals('resident', id),
  withdrawals('enterprise', code),
);

/** Puts a change into the log. */
export const take = (hub: SmallHub, { type, key, content }: Change): Promise<void> => hub.record(type, key, content);

/** What can be seen of the verdicts from outside: not when they were given, and not in which steps. */
export async function seenVerdicts(hub: SmallHub): Promise<readonly string[]> {
  const verdicts = await hub.verdicts();
  return verdicts
    .map(({ check, outcome, codes, findings, left, right }) =>
      JSON.stringify([check, left.stream, right?.stream ?? null, outcome, codes, findings]),
    )
    .sort();
}
