import { RulesRefusedError } from '#libs/rules';
import { ProblemError } from '../http/problem.ts';

/** What was asked for, or the problem that it was refused with. */
export async function orProblem<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RulesRefusedError)) throw error;
    const status = error.code === 'dry-run-not-found' ? 404 : 409;
    throw new ProblemError({ status, code: error.code, detail: error.message });
  }
}
