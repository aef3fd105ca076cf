import type { RecordType } from '#contracts/records';
import { rulesOfCheck, type Rules } from '#contracts/rules';
import { CHECK_DEFINITIONS, type Check } from '#contracts/verdicts';
import { definitionOf, type Fields } from '../definitions/index.ts';
import { PERSON_FIELDS } from './field-paths.ts';

const PLACE = /^[0-9]{1,4}$/;

/**
 * Whether a name is one that a correction of this check may ask for: a field that the rules compare, one below it
 * (`address.wardCode`), a field of a person, or one of the two records (`taxCode`, `representatives.0.fullName`). Names of
 * fields stand in the public part of the log: nobody's name or number may pass for one.
 */
export function isCorrectable(rules: Rules, check: Check, field: string): boolean {
  const rule = rulesOfCheck(rules, check).fields.find(
    (one) => field === one.field || field.startsWith(`${one.field}.`),
  );
  if (rule?.field === field || PERSON_FIELDS.has(field)) return true;
  const paths = rule === undefined ? [field] : [field, rule.right + field.slice(rule.field.length)];
  return recordsOf(check).some((record) => paths.some((path) => isPath(definitionOf(record).fields, path.split('.'))));
}

function recordsOf(check: Check): readonly RecordType[] {
  const { from, against } = CHECK_DEFINITIONS[check];
  return [...from, against];
}

function isPath(fields: Fields, [name = '', ...rest]: readonly string[]): boolean {
  const spec = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (spec === undefined) return false;
  if (rest.length === 0) return true;
  if (spec.kind === 'object') return isPath(spec.fields, rest);
  if (spec.kind !== 'list') return false;
  const [place = '', ...below] = rest;
  return PLACE.test(place) && (below.length === 0 || isPath(spec.fields, below));
}
