import { rulesOfCheck, type FieldRule, type Rules } from '#contracts/rules';
import type { Check } from '#contracts/verdicts';

/** A field rule with its paths split, so that judging reads values without parsing anything. */
export interface FieldPlan {
  readonly rule: FieldRule;
  readonly left:
    | { readonly root: 'person' | 'spouse' | 'record'; readonly path: readonly string[] }
    | { readonly root: 'constant'; readonly value: string };
  readonly right: readonly string[];
}

const plans = new WeakMap<Rules, Map<Check, readonly FieldPlan[]>>();

/** The compared fields of a check, in the order of the rules. */
export function planOf(rules: Rules, check: Check): readonly FieldPlan[] {
  let ofRules = plans.get(rules);
  if (ofRules === undefined) plans.set(rules, (ofRules = new Map<Check, readonly FieldPlan[]>()));
  let plan = ofRules.get(check);
  if (plan === undefined) ofRules.set(check, (plan = rulesOfCheck(rules, check).fields.map(planField)));
  return plan;
}

function planField(rule: FieldRule): FieldPlan {
  return { rule, left: planLeft(rule.left), right: rule.right.split('.') };
}

function planLeft(left: FieldRule['left']): FieldPlan['left'] {
  if (typeof left !== 'string') return { root: 'constant', value: left.constant };
  const [root, ...path] = left.split('.');
  return { root: root === 'person' || root === 'spouse' ? root : 'record', path };
}

/** The value at a path of nested objects; `undefined` where there is none. */
export function valueAt(source: unknown, path: readonly string[]): unknown {
  let value = source;
  for (const key of path) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
