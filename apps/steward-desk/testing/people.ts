import type { Representative } from '#contracts/records';
import { enterprise, resident } from '#tests/support';
import type { DeskScene } from './desk-scene.ts';

/** Invented people, as an enterprise names them. */
export const representative = (other: Partial<Representative> = {}): Representative => ({
  fullName: 'Nguyễn Văn Bình',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  documentType: 'PERSONAL_ID',
  documentNumber: '001080012345',
  ...other,
});

/** Someone who represents an enterprise, and who may be told from others: each number is another pair of them. */
export interface Pair {
  readonly personalId: string;
  readonly enterpriseCode: string;
}
export const pair = (number: number): Pair => ({
  personalId: `0010800${12_345 + number}`,
  enterpriseCode: String(100_233_488 + number).padStart(10, '0'),
});
export const FIRST = pair(0);

/** An enterprise whose representative is written with a slip of the pen. */
export const slip = (fullName = 'Nguyễn Văn Bính', { personalId, enterpriseCode } = FIRST) =>
  enterprise({
    enterpriseCode,
    taxCode: enterpriseCode,
    representatives: [representative({ fullName, documentNumber: personalId })],
  });

/** Where a mismatch is addressed, and the verdict that a steward would see. */
export interface SeenMismatch {
  readonly path: string;
  readonly verdictId: string;
}

/** A resident and an enterprise that differ in a name: one mismatch, in the queue. */
export async function givenMismatch(desk: DeskScene, of = FIRST): Promise<SeenMismatch> {
  const { personalId, enterpriseCode } = of;
  // Namesakes whose parents are unknown are no suspects.
  await desk.hub.record('resident', personalId, resident({ personalId, mother: {}, father: {} }));
  await desk.hub.record('enterprise', enterpriseCode, slip(undefined, of));
  await desk.catchUp();
  return seenMismatch(desk, of);
}

/** The mismatch of a legal representative, as the queue has it now. */
export async function seenMismatch(desk: DeskScene, { enterpriseCode } = FIRST): Promise<SeenMismatch> {
  const { items } = await desk.queue();
  const item = items.find(({ check, recordKey }) => check === 'legal-representative' && recordKey === enterpriseCode);
  if (item === undefined) throw new Error('there is no such mismatch in the queue');
  return { path: `/api/v1/reconciliations/${item.check}/${item.reconciliation}`, verdictId: item.verdictId };
}
