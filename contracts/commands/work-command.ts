import Type from 'typebox';
import { Closed } from '#contracts/shared';

/** The body of a command: a field that is not of the command is a mistake of the client. */
export const body = (command: string) => ({ ...Closed, $id: `khop.command.${command}.v1`, title: command });

/** An id that the client makes up (a UUID, say). Nothing personal may stand in it. */
export const ClientId = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' });

/** Who acts, as `Khop-Actor` names them. */
export const Actor = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

/** A reason in words. It is personal: people write names into it. */
export const Reason = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });

/** What every command of a steward carries. */
export const stewardFields = {
  /** Made up by the client; the same id again gets the answer of the first time. */
  commandId: ClientId,
  /** The verdict that the steward saw; when there is another one since, the command is refused with the new one. */
  verdictId: Type.String({ minLength: 1, maxLength: 64 }),
};

/** What the hub adds to a body: which command it is, who acts, and when. */
export interface Issued<Name extends string> {
  readonly type: Name;
  /** Steward, or the registry that answers a correction request. */
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}
