import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CommanderError, type Command } from 'commander';
import { openWorkshop } from '#tests/support';
import { COMMANDS } from './commands/index.ts';
import { describeFailure } from './failure.ts';
import { createProgram } from './program.ts';

/** What a command line says and ends with, without a process of its own. */
async function khop(args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const program = await createProgram(args);
  const listen = (command: Command): void => {
    command.configureOutput({ writeOut: (text) => (stdout += text), writeErr: (text) => (stderr += text) });
    command.commands.forEach(listen);
  };
  listen(program);
  const code = await program.parseAsync(args, { from: 'user' }).then(
    () => 0,
    (error: unknown) => {
      if (error instanceof CommanderError) return error.exitCode;
      stderr += `khop: ${describeFailure(error)}\n`;
      return 1;
    },
  );
  return { code, stdout, stderr };
}

/** What each needs besides the data directory, so that it comes as far as looking for data. */
const READING: readonly string[] = [
  'stats',
  'stats --json',
  'mismatches',
  'verdicts',
  'show residents 001080012345',
  'quarantine list',
  'quarantine show 0',
  'quarantine resubmit 00000000000000000000000000000000',
  'dead-letters list',
  'dead-letters retry x',
  'dead-letters set-aside x --reason y',
  'streams',
  'streams --follow',
  'verify',
  'verify --keep-sound',
  'rebuild',
];

const INVOLVED = ['quarantine', 'dead-letters', 'rules'];

describe('every command', () => {
  const workshop = openWorkshop();
  afterAll(() => workshop.remove());

  it.each(COMMANDS.map(({ name }) => name))('%s tells how it is used', async (name) => {
    const { code, stdout, stderr } = await khop([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: khop ${name} `));
    // Plain text, in lines that a narrow terminal shows whole, and without what goes without saying.
    expect(stdout).not.toMatch(/\p{Cc}(?<!\n)|default: false/u);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it.each(COMMANDS.map(({ name }) => name))(
    '%s refuses an option that it does not have, and says where to look',
    async (name) => {
      const { code, stdout, stderr } = await khop([name, '--no-such-option']);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^error: .*\n(\(khop .*--help tells more\)\n)$/);
    },
  );

  it.each(READING)('khop %s says in a sentence that there are no data, and makes none', async (command) => {
    const nowhere = workshop.at('nowhere');
    const { code, stdout, stderr } = await khop([...command.split(' '), '--data-dir', nowhere]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^khop: There (are no data|is no such row)[^\n]*\.\n$/);
    expect(existsSync(nowhere)).toBe(false);
  });

  it.each(['', ...INVOLVED])('khop %s alone shows what there is, and ends as one that failed', async (name) => {
    const { code, stdout, stderr } = await khop(name === '' ? [] : [name]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Usage: khop .*Commands:/s);
  });
});
