import Type, { type TObject, type TProperties } from 'typebox';
import { Closed, literals, Name } from '#contracts/shared';
import { CHECKS } from '#contracts/verdicts';

/**
 * A type of public event: what the hub tells other agencies, each version with a schema of its own. It is no event of the log: those
 * change with the hub, these only by a new version beside the old one.
 */
export interface PublicEventDefinition<Data extends TObject = TObject> {
  /** CloudEvents type, such as `khop.public.verdict-given.v1`. */
  readonly type: string;
  readonly description: string;
  readonly data: Data;
}

/** What every public event says of the reconciliation it is about. */
const about = {
  /** Names the reconciliation for good, here and in the hub's API; the key of the message. */
  reconciliation: Name,
  check: literals(CHECKS),
};

/** Defines version 1 of a type. */
export function definePublicEvent<Properties extends TProperties>(
  name: string,
  description: string,
  properties: Properties,
) {
  const type = `khop.public.${name}.v1`;
  const schema = { ...Closed, $id: type, title: name, description };
  return { type, description, data: Type.Object({ ...about, ...properties }, schema) };
}
