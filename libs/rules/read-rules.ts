import { Rules, rulesOfCheck, type FieldRule } from '#contracts/rules';
import { CHECKS, type Check } from '#contracts/verdicts';
import Value from 'typebox/value';
import { isKnownPath } from './known-paths.ts';

/** A text that is no rules: every problem is in the message, a line each. */
export class RulesInvalidError extends Error {
  override readonly name = 'RulesInvalidError';
  readonly code = 'rules-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const many = problems.length === 1 ? 'has a problem' : `has ${problems.length} problems`;
    super(`The file ${many}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads rules from JSON that somebody has written. Throws `RulesInvalidError` that names every problem at once. */
export function readRules(json: string): Rules {
  const rules = asRules(parse(json));
  const problems = [...problemsOfVersion(rules), ...CHECKS.flatMap((check) => problemsOfCheck(rules, check))];
  if (problems.length > 0) throw new RulesInvalidError(problems);
  return rules;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new RulesInvalidError([`It is not JSON: ${error instanceof SyntaxError ? error.message : 'unreadable'}`]);
  }
}

function asRules(data: unknown): Rules {
  if (Value.Check(Rules, data)) return data;
  const problems = Value.Errors(Rules, data).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  throw new RulesInvalidError([...new Set(problems)]);
}

function problemsOfVersion({ version }: Rules): readonly string[] {
  const time = Date.parse(`${version}T00:00:00Z`);
  const isDay = Number.isFinite(time) && new Date(time).toISOString().startsWith(version);
  return isDay ? [] : ['/version must be a day, such as 2026-12-01'];
}

function problemsOfCheck(rules: Rules, check: Check): readonly string[] {
  const { fields } = rulesOfCheck(rules, check);
  return fields.flatMap((rule, index) => {
    const at = `/checks/${check}/fields/${index}`;
    const isRepeated = fields.findIndex(({ field }) => field === rule.field) < index;
    return [
      ...(isRepeated ? [`${at}/field is the name of a field before it`] : []),
      ...pathProblems(check, rule).map((problem) => `${at}/${problem}`),
    ];
  });
}

function pathProblems(check: Check, { left, right }: FieldRule): readonly string[] {
  return [
    ...(typeof left !== 'string' || isKnownPath(check, 'left', left) ? [] : ['left leads to nothing in these records']),
    ...(isKnownPath(check, 'right', right) ? [] : ['right leads to nothing in the counterparts']),
  ];
}
