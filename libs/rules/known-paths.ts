import type { TSchema } from 'typebox';
import { RECORD_SCHEMAS } from '#contracts/records';
import { CHECK_DEFINITIONS, CHECKS, type Check } from '#contracts/verdicts';

/** What the paths of a check's rules lead into; a side that is not named is not there. */
type Sides = { readonly [Side in 'record' | 'person' | 'spouse' | 'right']?: TSchema | undefined };

const SIDES: ReadonlyMap<Check, Sides> = new Map(CHECKS.map((check) => [check, sidesOf(check)]));

function sidesOf(check: Check): Sides {
  const { from, against, subject } = CHECK_DEFINITIONS[check];
  const record = RECORD_SCHEMAS[from[0]];
  const right = RECORD_SCHEMAS[against];
  switch (subject.kind) {
    case 'people': {
      const [person, spouse] = subject.paths.map((path) => schemaAt(record, path.split('.')));
      return { record, person, spouse, right };
    }
    case 'each-of':
    case 'taxpayer':
      return { record, person: schemaAt(record, subject.path.split('.')), right };
    case 'registration':
    case 'pair':
      return { record, right };
  }
}

/** Whether records of the check's two sides have a value at the path: a misspelt one would always be missing, and never differ. */
export function isKnownPath(check: Check, side: 'left' | 'right', path: string): boolean {
  const [root = '', ...rest] = side === 'right' ? ['right', ...path.split('.')] : path.split('.');
  const sides = SIDES.get(check) ?? {};
  const schema = root in sides ? sides[root as keyof Sides] : undefined;
  return schema !== undefined && schemaAt(schema, rest) !== undefined;
}

/** The schema at a path; of a list, that of its elements. */
function schemaAt(schema: TSchema, [name, ...rest]: readonly string[]): TSchema | undefined {
  if ('items' in schema) return schemaAt(schema.items as TSchema, name === undefined ? [] : [name, ...rest]);
  if (name === undefined) return schema;
  const properties = 'properties' in schema ? (schema.properties as Readonly<Record<string, TSchema>>) : {};
  const next = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return next && schemaAt(next, rest);
}
