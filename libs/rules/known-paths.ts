import type { TSchema } from 'typebox';
import { Birth, Death, Enterprise, Marriage, PersonRef, Representative, Resident, Taxpayer } from '#contracts/records';
import type { Check } from '#contracts/verdicts';

/** What the paths of a check's rules lead into; a side that is not named is not there. */
interface Sides {
  readonly record: TSchema;
  readonly person?: TSchema;
  readonly spouse?: TSchema;
  readonly right: TSchema;
}

const SIDES: { readonly [C in Check]: Sides } = {
  'legal-representative': { record: Enterprise, person: Representative, right: Resident },
  'tax-registration': { record: Enterprise, right: Taxpayer },
  'taxpayer-identity': { record: Taxpayer, person: PersonRef, right: Resident },
  birth: { record: Birth, person: Birth.properties.child, right: Resident },
  death: { record: Death, person: PersonRef, right: Resident },
  marriage: { record: Marriage, person: PersonRef, spouse: PersonRef, right: Resident },
  duplicate: { record: Resident, right: Resident },
};

/** Whether records of the check's two sides have a value at the path: a misspelt one would always be missing, and never differ. */
export function isKnownPath(check: Check, side: 'left' | 'right', path: string): boolean {
  const [root = '', ...rest] = side === 'right' ? ['right', ...path.split('.')] : path.split('.');
  const sides = SIDES[check];
  const schema = root in sides ? sides[root as keyof Sides] : undefined;
  return schema !== undefined && leadsTo(schema, rest);
}

function leadsTo(schema: TSchema, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  const properties = 'properties' in schema ? (schema.properties as Readonly<Record<string, TSchema>>) : {};
  const next = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return next !== undefined && leadsTo(next, rest);
}
