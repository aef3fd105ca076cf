import { Command, Help, type Option } from 'commander';
import { COMMANDS, type ListedCommand } from './commands/index.ts';

/**
 * The `khop` command for a command line, without Node and script in front. Only the sub-commands that it names are loaded; the
 * others are listed by what they do.
 */
export async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('khop')
    .description(
      'Compares the records of a province’s registries, says which match and why not, and keeps the mismatches.',
    )
    .version('0.1.0')
    .showHelpAfterError('(khop --help tells what there is)')
    .configureHelp({ sortSubcommands: false, subcommandTerm: termOf, optionDescription: withoutFalse })
    .exitOverride();
  for (const listed of COMMANDS) {
    const command = program
      .command(listed.name)
      .description(listed.description)
      .configureHelp({ optionDescription: withoutFalse });
    if (argv.includes(listed.name)) await define(command, listed);
  }
  program.addHelpText(
    'after',
    `
Exit codes: 0 done · 1 failed · 2 something is in quarantine (import, resubmit) or damaged (verify)

Examples:
  khop import residents.jsonl enterprises.csv --data-dir ./data
  khop mismatches --check legal-representative --code FIELD_MISMATCH --limit 20
  khop show enterprise-registry 0100233488`,
  );
  return program;
}

async function define(command: Command, { name, load }: ListedCommand): Promise<void> {
  (await load())(command);
  for (const one of [command, ...command.commands]) {
    one
      .exitOverride()
      .showHelpAfterError(`(khop ${one === command ? name : `${name} ${one.name()}`} --help tells more)`);
  }
}

/** That a switch is off unless it is given goes without saying. */
const withoutFalse = (option: Option): string => new Help().optionDescription(option).replace(' (default: false)', '');

/** How a sub-command stands in the list: as its entry says, since it is not loaded for that. */
function termOf(command: Command): string {
  const listed = COMMANDS.find(({ name }) => name === command.name());
  return listed === undefined ? new Help().subcommandTerm(command) : `${listed.name} ${listed.usage}`.trim();
}
