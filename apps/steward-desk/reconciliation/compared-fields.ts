import { reconciliationStream } from '#contracts/events';
import type { ComparedField } from '#contracts/http';
import type { RecordContent, Registry } from '#contracts/records';
import { rulesOfCheck, type FieldRule, type Rules } from '#contracts/rules';
import type { Verdict } from '#contracts/verdicts';
import { fieldAuthority, partsOf, type Part } from '#libs/domain/matching';
import { reconciliationOf, type KeyedHash } from '#libs/platform';

/** What was compared: the two contents as the verdict saw them; undefined for one that is not there or erased. */
export interface Compared {
  readonly stream: string;
  readonly verdict: Verdict;
  readonly left: RecordContent | undefined;
  readonly right: RecordContent | undefined;
}

/** The person of a record that a reconciliation is about; undefined for the record itself, and where it is erased. */
export function findPart(hash: KeyedHash, { stream, verdict, left }: Compared): Part | undefined {
  if (left === undefined) return undefined;
  const { check } = verdict;
  return partsOf(check, left).find(
    ({ identity }) =>
      reconciliationStream(check, reconciliationOf(hash, check, verdict.left.stream, identity)) === stream,
  );
}

/** Every field that the rules compare, with both values: those that differ first. */
export function comparedFields(rules: Rules, part: Part | undefined, compared: Compared): readonly ComparedField[] {
  const { verdict, left, right } = compared;
  const roots = { person: part?.person, spouse: spouseOf(part, compared), record: left };
  const fields = rulesOfCheck(rules, verdict.check).fields.map((rule) => {
    const finding = verdict.findings.find(({ field }) => field === rule.field);
    const without = verdict.right === null ? null : 'EQUAL';
    return {
      field: rule.field,
      verdict: finding?.verdict ?? without,
      ...(finding?.why !== undefined && { why: finding.why }),
      left: leftValue(rule, roots),
      right: valueAt(right, rule.right.split('.')),
      material: rule.material,
      authority: rule.authority,
    };
  });
  return [...fields.filter(differs), ...fields.filter((field) => !differs(field))];
}

const differs = ({ verdict }: Pick<ComparedField, 'verdict'>): boolean => verdict !== 'EQUAL' && verdict !== null;

/** The registry that a correction is for: the owner of the first material field that differs, else of the check. */
export function proposedRegistry(rules: Rules, { check, outcome, findings }: Verdict): Registry | null {
  if (outcome !== 'MISMATCHED') return null;
  const material = new Set(
    rulesOfCheck(rules, check)
      .fields.filter((rule) => rule.material)
      .map(({ field }) => field),
  );
  const wrong = findings.find(
    ({ field, verdict }) => material.has(field) && (verdict === 'DIFFERENT' || verdict === 'SIMILAR'),
  );
  return fieldAuthority(rules, check, wrong?.field ?? null);
}

type Roots = Readonly<Record<'person' | 'spouse' | 'record', unknown>>;

function leftValue({ left }: FieldRule, roots: Roots): unknown {
  if (typeof left !== 'string') return left.constant;
  const [root, ...path] = left.split('.');
  return root === 'person' || root === 'spouse' || root === 'record' ? valueAt(roots[root], path) : null;
}

/** The other spouse of a marriage. */
function spouseOf(part: Part | undefined, { verdict, left }: Compared): unknown {
  if (part === undefined || left === undefined) return undefined;
  return partsOf(verdict.check, left).find(({ index }) => index !== part.index)?.person;
}

function valueAt(content: unknown, path: readonly string[]): unknown {
  let value: unknown = content;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value ?? null;
}
