import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Rules } from '#contracts/rules';
import { readRules, type RulesBook } from '#libs/rules';

/**
 * The rules of a file, or of a version that is known. Throws `RulesInvalidError` that names every problem, and the system's error
 * for a file that can't be read.
 */
export async function readCandidate(fileOrVersion: string, book: RulesBook): Promise<Rules> {
  const known = existsSync(fileOrVersion) ? undefined : book.find(fileOrVersion);
  return known ?? readRules(await readFile(fileOrVersion, 'utf8'));
}
