import { Command } from 'commander';
import { addBackup } from './commands/backup.command.ts';
import { addDeadLetters } from './commands/dead-letters.command.ts';
import { addImport } from './commands/import.command.ts';
import { addMismatches } from './commands/mismatches.command.ts';
import { addQuarantine } from './commands/quarantine.command.ts';
import { addRebuild } from './commands/rebuild.command.ts';
import { addSeed } from './commands/seed.command.ts';
import { addShow } from './commands/show.command.ts';
import { addStats } from './commands/stats.command.ts';
import { addStreams } from './commands/streams.command.ts';
import { addTemplate } from './commands/template.command.ts';
import { addVerdicts } from './commands/verdicts.command.ts';
import { addVerify } from './commands/verify.command.ts';

/** In the order in which they are listed. */
const COMMANDS = [
  addImport,
  addStats,
  addMismatches,
  addShow,
  addVerdicts,
  addQuarantine,
  addDeadLetters,
  addTemplate,
  addStreams,
  addVerify,
  addBackup,
  addRebuild,
  addSeed,
];

/** The `khop` command. A sub-command is a file in `commands/`, which adds itself here. */
export function createProgram(): Command {
  const program = new Command('khop')
    .description(
      'Compares the records of a province’s registries, says which match and why not, and keeps the mismatches.',
    )
    .version('0.1.0')
    .showHelpAfterError('(khop --help tells what there is)')
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  for (const add of COMMANDS) add(program);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError(`(khop ${command.name()} --help tells more)`);
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
