import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stepsOf, type Step } from './read-document.ts';
import { openWorkspace, type Outcome, type Workspace } from './workspace.ts';

/**
 * Does what the documents tell a reader to do, each document in a directory of its own, in the order of the page: samples with a
 * file name are written to that file, `diff` samples change it, commands are run. A few commands are run in another form:
 *
 * - `npm ci` and `npm test` would install and test from within a test: it is checked that they are there;
 * - `npm test` of some specs, with `UPDATE…` before it, is run in the copy of the project;
 * - `npm start` listens on a free port and has a province of 200 residents; Ctrl+C ends it at the end of the page;
 * - `curl` is a request to that hub; `--follow` is ended with Ctrl+C; `QUARANTINE-ID` is the id that `quarantine list` shows first.
 */
const PROJECT = join(import.meta.dirname, '..', '..');
const DOCUMENTS = [
  { path: 'docs/guides/loading-your-files.md' },
  { path: 'README.md' },
  { path: 'docs/guides/reading-the-event-log.md' },
  { path: 'docs/guides/adding-a-registry.md', copiesSources: true },
  { path: 'docs/guides/writing-rules.md' },
  { path: 'CONTRIBUTING.md' },
].map(({ path, copiesSources = false }) => ({ path, copiesSources, steps: stepsOf(join(PROJECT, path)) }));

interface DocumentRun {
  /** What came of each step, by its line. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** How the hub ended, where the page starts one. */
  readonly hub: Outcome | undefined;
}

const runs = new Map<string, DocumentRun>();
const AT_ONCE = 2;
const TIMEOUT_MILLISECONDS = 600_000;

beforeAll(async () => {
  const waiting = [...DOCUMENTS];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      runs.set(next.path, await runDocument(next));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}, TIMEOUT_MILLISECONDS);

describe.each(DOCUMENTS)('$path', ({ path, steps }) => {
  it.each(steps)('line $line: $text', ({ line, exitCode }) => {
    const outcome = runs.get(path)?.outcomes.get(line);
    // With the output on both sides, a failure shows it.
    expect(outcome).toEqual({ output: outcome?.output, exitCode });
  });

  it('ends the hub cleanly where it starts one', () => {
    expect(runs.get(path)?.hub?.exitCode ?? 0).toBe(0);
  });
});

/** The last command of a page that begins with these words shows what the page promises. */
it.each([
  ['docs/guides/loading-your-files.md', 'npx khop import enterprises.jsonl taxpayers.csv', /unchanged 2/],
  ['docs/guides/loading-your-files.md', 'npx khop quarantine list', /nothing|no rows|empty/i],
  ['docs/guides/loading-your-files.md', 'npx khop mismatches --check tax-registration', /0109999012/],
  ['docs/guides/loading-your-files.md', 'npx khop verdicts --format csv', /fullName SIMILAR DIACRITICS/],
  ['docs/guides/adding-a-registry.md', 'npx khop import insurance-cards.csv', /unchanged 1/],
  ['docs/guides/adding-a-registry.md', 'npx khop show health-insurance', /insurance-card GD4010000000001/],
  ['docs/guides/adding-a-registry.md', 'npx khop stats', /"health-insurance": \{\s*"insurance-card": 1/],
  [
    'docs/guides/adding-a-registry.md',
    'npx khop verdicts --check insurance-holder',
    /"recordKey":"GD4010000000001".*"codes":\["FIELD_MISMATCH"\].*"why":"DIACRITICS"/,
  ],
  ['docs/guides/adding-a-registry.md', 'npx khop mismatches', /Nguyễn Văn Mẫu/],
  [
    'docs/guides/adding-a-registry.md',
    'curl',
    /"registry":"health-insurance","record":"insurance-card","phase":"(opened|catching-up|live)"/,
  ],
  [
    'docs/guides/writing-rules.md',
    'npx khop verdicts',
    /"outcome":"MATCHED".*"field":"hometown","verdict":"DIFFERENT"/,
  ],
  ['docs/guides/writing-rules.md', 'npx khop rules check rules-2026-12-01.json --samples 0', /"changed": 1/],
  ['docs/guides/writing-rules.md', 'npx khop rules list', /2026-12-01 +in force/],
  ['docs/guides/writing-rules.md', 'npx khop streams', /2026-11-01[^]*2026-12-01/],
  ['docs/guides/reading-the-event-log.md', 'npx khop verify', /"sound": true/],
])('%s: %s shows %s', (path, words, shown) => {
  const steps = DOCUMENTS.find((document) => document.path === path)?.steps ?? [];
  const step = steps.findLast(({ kind, text }) => kind === 'run' && text.startsWith(words));
  expect(runs.get(path)?.outcomes.get(step?.line ?? 0)?.output).toMatch(shown);
});

it('adding a registry touches no file that others share but the two lists', () => {
  const steps = DOCUMENTS.find(({ path }) => path.endsWith('adding-a-registry.md'))?.steps ?? [];
  const written = (kind: Step['kind']): readonly string[] =>
    steps.flatMap((step) => (step.kind === kind ? [step.text] : []));
  const edited = written('edit').filter((file) => file !== 'rules-2026-12-01.json');
  expect(edited).toEqual(['contracts/records/registries.ts', 'contracts/verdicts/checks.ts']);
  expect(written('write').filter((file) => existsSync(join(PROJECT, file)))).toEqual([]);
});

async function runDocument({ copiesSources, steps }: (typeof DOCUMENTS)[number]): Promise<DocumentRun> {
  const outcomes = new Map<number, Outcome>();
  const workspace = openWorkspace(copiesSources);
  let hub: Outcome | undefined;
  try {
    for (const step of steps) outcomes.set(step.line, await take(workspace, step));
  } finally {
    hub = await workspace.close();
  }
  return { outcomes, hub };
}

/** A sample that does not fit is a failure of its own, and the page goes on. */
async function take(workspace: Workspace, { kind, text, content }: Step): Promise<Outcome> {
  try {
    if (kind === 'run') return await workspace.run(text);
    workspace[kind](text, content);
    return { exitCode: 0, output: '' };
  } catch (error) {
    return { exitCode: 1, output: String(error) };
  }
}
