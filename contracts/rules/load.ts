import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import Value from 'typebox/value';
import { Rules } from './rules.schema.ts';

/** Versions of the rules that come with the hub, the oldest first. Each stays as it is: verdicts refer to it. */
export const RULES_THAT_COME_ALONG = ['2026-11-01'] as const;

/** Version of the rules that a new hub activates. */
export const CURRENT_RULES: string = '2026-11-01';

const WARDS = 'wards-2025.csv';

/** The data stand beside the sources and are not copied into `dist`, from where they are three folders up. */
function dataFile(name: string): URL {
  const beside = new URL(`data/${name}`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../../contracts/rules/data/${name}`, import.meta.url);
}

/**
 * Reads a version of the rules that comes with the hub.
 * @throws {Error} when there is no such version.
 */
export function loadRules(version: string = CURRENT_RULES): Rules {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(version)) throw new Error(`"${version}" is no version of rules`);
  const file = dataFile(`rules-${version}.json`);
  if (!existsSync(file)) throw new Error(`there are no rules of version ${version}`);
  return parseRules(readFileSync(file, 'utf8'));
}

/**
 * Reads rules from their JSON text.
 * @throws {Error} naming every place that does not fit the schema.
 */
export function parseRules(json: string): Rules {
  const data: unknown = JSON.parse(json);
  if (Value.Check(Rules, data)) return data;
  const problems = Value.Errors(Rules, data).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`rules don't fit their schema: ${problems.join('; ')}`);
}

/** The table of old and new wards as it came: CSV text with a header line. */
export function loadWardsCsv(): string {
  return readFileSync(dataFile(WARDS), 'utf8');
}

/** Hash of the rules with the data tables that they use, as 64 hex digits; it does not depend on the order of keys. */
export function rulesHash(rules: Rules, wardsCsv: string): string {
  return createHash('sha256').update(canonicalJson(rules)).update('\n').update(wardsCsv).digest('hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
