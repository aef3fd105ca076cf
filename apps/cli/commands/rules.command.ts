import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { readRejudging } from '#apps/hub/reading';
import type { RulesActivated, RulesDryRun, RulesList } from '#contracts/http';
import { activateRules, RulesBook, RulesRefusedError } from '#libs/rules';
import { changingData, readingData, readingLog } from '../data.ts';
import { CommandError } from '../failure.ts';
import { dataDirOption, jsonOption, wholeNumber } from '../options.ts';
import { note, print } from '../output.ts';
import { activateThroughHub, tryThroughHub } from '../rules/activate-through-hub.ts';
import { describeDryRun, describeRules } from '../rules/describe-rules.ts';
import { readCandidate } from '../rules/read-candidate.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

interface CheckOptions extends Options {
  readonly samples: number;
  readonly out?: string;
}

interface ActivateOptions extends Options {
  readonly samples: number;
  readonly yes: boolean;
}

const MAX_SAMPLES = 100;
const WHICH = 'a file of rules, or a version that khop rules list names';

/** The sub-commands of `khop rules`. */
export function defineRules(rules: Command): void {
  rules
    .command('list')
    .description('which rules there are, and which are in force since when')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(list);
  rules
    .command('show')
    .description('rules as a file has them: to look at, and to begin a new version with')
    .argument('[version]', 'without it, those in force')
    .addOption(dataDirOption())
    .action(show);
  rules
    .command('check')
    .description('see what other rules would say of the current records: nothing is written')
    .argument('<file>', WHICH)
    .option('--samples <n>', 'how many examples of each kind, for each check', wholeNumber(0, MAX_SAMPLES), 3)
    .option('--out <file>', 'write everything that would be judged otherwise to this file, as JSONL')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(check);
  rules
    .command('activate')
    .description('judge by other rules from now on, and all records again: shows first what they would say, and asks')
    .argument('<file>', WHICH)
    .option('--samples <n>', 'how many examples of each kind, for each check', wholeNumber(0, MAX_SAMPLES), 3)
    .option('--yes', 'do not ask', false)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(activate);
}

async function list({ dataDir, json }: Options): Promise<void> {
  const rules = await readingLog(dataDir, async ({ store, directory }): Promise<RulesList> => {
    const book = await RulesBook.open(store);
    return {
      active: book.active() ?? null,
      activations: book.activations(),
      versions: book.versions(),
      rejudging: readRejudging(directory),
    };
  });
  print(json ? JSON.stringify(rules, undefined, 2) : describeRules(rules));
}

async function show(version: string | undefined, { dataDir }: Pick<Options, 'dataDir'>): Promise<void> {
  const rules = await readingLog(dataDir, async ({ store }) => {
    const book = await RulesBook.open(store);
    return version === undefined ? book.inForce() : book.get(version);
  });
  print(JSON.stringify(rules, undefined, 2));
}

async function check(fileOrVersion: string, { dataDir, json, ...options }: CheckOptions): Promise<void> {
  const { tryRules } = await import('../rules/try-rules.ts');
  const result = await readingData(dataDir, async (data) =>
    tryRules(data, await readCandidate(fileOrVersion, await RulesBook.open(data.store)), options),
  );
  print(json ? JSON.stringify(result, undefined, 2) : describeDryRun(result));
  if (options.out !== undefined) note(`Wrote what would be judged otherwise to ${options.out}.`);
}

async function activate(fileOrVersion: string, { dataDir, json, yes, samples }: ActivateOptions): Promise<void> {
  if (!yes && !process.stdin.isTTY) {
    throw new CommandError(
      'confirmation-needed',
      'Nobody can be asked here: look at what khop rules check says, and add --yes.',
    );
  }
  const rules = await readingLog(dataDir, async ({ store }) =>
    readCandidate(fileOrVersion, await RulesBook.open(store)),
  );
  const { tryRules } = await import('../rules/try-rules.ts');
  const confirm = (dryRun: RulesDryRun): Promise<void> => confirmed(dryRun, { yes, json });
  const done = await changingData(dataDir, {
    here: async ({ directory, owned }) => {
      const dryRun = await tryRules({ ...owned, directory }, rules, { samples });
      await confirm(dryRun);
      const book = await RulesBook.open(owned.store);
      const outcome = await activateRules(
        { ...owned, book },
        { rules, actor: 'khop', insteadOf: dryRun.insteadOf?.hash ?? null },
      );
      if (!outcome.ok) throw new RulesRefusedError(outcome.code);
      return {
        dryRun,
        activated: { version: rules.version, hash: outcome.hash, position: outcome.position },
        later: false,
      };
    },
    throughHub: async (hub) => {
      const dryRun = await tryThroughHub(hub, rules, samples);
      await confirm(dryRun.result);
      return { dryRun: dryRun.result, activated: await activateThroughHub(hub, dryRun), later: true };
    },
  });
  if (json) print(JSON.stringify({ dryRun: done.dryRun, activated: done.activated }, undefined, 2));
  else print(describeActivation(done.activated, done.later));
}

function describeActivation({ version, position }: RulesActivated, later: boolean): string {
  const then = later
    ? 'The hub judges all records again, little by little: khop rules list tells how far it is.'
    : 'All records have been judged again.';
  return `Rules ${version} are in force from position ${position} of the log on. ${then}`;
}

/** Shows what would change and asks; ends the command where the answer is not yes. */
async function confirmed(dryRun: RulesDryRun, { yes, json }: { yes: boolean; json: boolean }): Promise<void> {
  if (!json) print(`${describeDryRun(dryRun)}\n`);
  if (yes) return;
  if (json) note(describeDryRun(dryRun));
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Activate rules ${dryRun.version}? [y/N] `).finally(() => asking.close());
  if (!/^(y|yes|c|có)$/iu.test(answer.trim())) throw new CommandError('not-activated', 'Nothing was activated.');
}
