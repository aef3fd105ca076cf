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

/** An enterprise whose representative is written with a slip of the pen. */
export const slip = (fullName = 'Nguyễn Văn Bính') => enterprise({ representatives: [representative({ fullName })] });

/** Where a mismatch is addressed, and the verdict that a steward would see. */
export interface SeenMismatch {
  readonly path: string;
  readonly verdictId: string;
}

/** A resident and an enterprise that differ in a name: one mismatch, in the queue. */
export async function givenMismatch(desk: DeskScene): Promise<SeenMismatch> {
  await desk.hub.record('resident', '001080012345', resident());
  await desk.hub.record('enterprise', '0100233488', slip());
  await desk.catchUp();
  return seenMismatch(desk);
}

/** The first mismatch of a legal representative, as the queue has it now. */
export async function seenMismatch(desk: DeskScene): Promise<SeenMismatch> {
  const { items } = await desk.queue();
  const item = items.find(({ check }) => check === 'legal-representative');
  if (item === undefined) throw new Error('there is no such mismatch in the queue');
  return { path: `/api/v1/reconciliations/${item.check}/${item.reconciliation}`, verdictId: item.verdictId };
}
