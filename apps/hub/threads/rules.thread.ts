import type { Rules } from '#contracts/rules';
import { loadOrCreateSecret } from '#libs/event-store/sqlite';
import { createKeyedHash } from '#libs/platform';
import { dataDirectory } from '../data-directory.ts';
import { openLog } from '../parts/log.ts';
import { dryRunRules } from '../parts/rules-dry-run.ts';
import { runThread } from '#libs/threads';

export interface RulesThreadInput {
  readonly directory: string;
  readonly rules: Rules;
  readonly samples: number;
}

await runThread<RulesThreadInput, number>(async ({ directory: path, rules, samples }, report) => {
  const directory = dataDirectory(path);
  const store = await openLog(directory, { readOnly: true });
  const hash = createKeyedHash(loadOrCreateSecret(directory.log));
  const ended = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  return {
    answers: {
      run() {
        const result = dryRunRules(
          { store, hash, directory },
          { rules, samples, onProgress: report, signal: ended.signal },
        );
        running = result.catch(() => undefined);
        return result;
      },
    },
    async close() {
      ended.abort();
      await running;
      await store.close();
    },
  };
});
