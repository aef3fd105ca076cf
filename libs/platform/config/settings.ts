/** One setting: how it is named in the environment, what it means, what it may be. */
export interface SettingDefinition<T> {
  /** Environment variable, such as `KHOP_PORT`. */
  readonly variable: string;
  readonly description: string;
  readonly fallback: T;
  /** There is nothing to fall back on: without a value it is a problem. */
  readonly required?: boolean;
  /** The value, or what is wrong with it: a sentence without the value itself. */
  readonly parse: (text: string) => { readonly value: T } | { readonly problem: string };
}

type Definitions = Record<string, SettingDefinition<unknown>>;
export type SettingsOf<D extends Definitions> = {
  readonly [K in keyof D]: D[K] extends SettingDefinition<infer T> ? T : never;
};

/** One or more settings are wrong: every problem is in the message, a line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'settings-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Reads settings from the environment. Throws `SettingsError` that names every problem at once. */
export function readSettings<D extends Definitions>(definitions: D, environment: NodeJS.ProcessEnv): SettingsOf<D> {
  const problems: string[] = [];
  const values = Object.entries(definitions).map(([name, { variable, fallback, required, parse }]) => {
    const text = environment[variable]?.trim();
    if (text === undefined || text === '') {
      if (required === true) problems.push(`${variable} must be set`);
      return [name, fallback];
    }
    const parsed = parse(text);
    if ('value' in parsed) return [name, parsed.value];
    problems.push(`${variable} ${parsed.problem}`);
    return [name, fallback];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.fromEntries(values) as SettingsOf<D>;
}

/** A whole number between two bounds. */
export function wholeNumber(
  variable: string,
  description: string,
  fallback: number,
  least: number,
  most: number,
): SettingDefinition<number> {
  return {
    variable,
    description,
    fallback,
    parse: (text) => {
      const value = Number(text);
      return Number.isInteger(value) && value >= least && value <= most
        ? { value }
        : { problem: `must be a whole number from ${least} to ${most}` };
    },
  };
}

/** Text that is not empty. */
export function text(variable: string, description: string, fallback: string): SettingDefinition<string> {
  return { variable, description, fallback, parse: (value) => ({ value }) };
}

/** One of a few words. */
export function oneOf<T extends string>(
  variable: string,
  description: string,
  fallback: T,
  words: readonly T[],
): SettingDefinition<T> {
  return {
    variable,
    description,
    fallback,
    parse: (value) => {
      const word = words.find((candidate) => candidate === value);
      return word === undefined ? { problem: `must be one of ${words.join(', ')}` } : { value: word };
    },
  };
}

/** `true` or `false`. */
export function flag(variable: string, description: string, fallback: boolean): SettingDefinition<boolean> {
  return {
    variable,
    description,
    fallback,
    parse: (value) =>
      value === 'true' || value === 'false' ? { value: value === 'true' } : { problem: 'must be true or false' },
  };
}
