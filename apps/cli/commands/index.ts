import type { Command } from 'commander';

/** A sub-command as the list of commands shows it; what it needs is loaded when it is called. */
export interface ListedCommand {
  readonly name: string;
  /** What comes behind the name; nothing where it has sub-commands. */
  readonly usage: string;
  readonly description: string;
  /** Resolves to what gives the command its arguments, options and action. */
  readonly load: () => Promise<(command: Command) => void>;
}

/** In the order in which they are listed. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'import',
    usage: '[options] <files...>',
    description: 'take the records of files in: JSONL, CSV or XLSX; through the running hub where there is one',
    load: async () => (await import('./import.command.ts')).defineImport,
  },
  {
    name: 'stats',
    usage: '[options]',
    description: 'what is in the log, how many records there are, and what the checks say',
    load: async () => (await import('./stats.command.ts')).defineStats,
  },
  {
    name: 'mismatches',
    usage: '[options]',
    description: 'list the queue: mismatches that nobody has settled and no source has corrected',
    load: async () => (await import('./mismatches.command.ts')).defineMismatches,
  },
  {
    name: 'show',
    usage: '[options] <registry> <key>',
    description: 'a record as it is now, what the checks say of it with the values of both sides, and its history',
    load: async () => (await import('./show.command.ts')).defineShow,
  },
  {
    name: 'verdicts',
    usage: '[options]',
    description: 'export what the checks say now: one line for each check of each record, sorted',
    load: async () => (await import('./verdicts.command.ts')).defineVerdicts,
  },
  {
    name: 'rules',
    usage: '',
    description: 'what checks compare: list and show rules, see what other rules would say, and activate them',
    load: async () => (await import('./rules.command.ts')).defineRules,
  },
  {
    name: 'quarantine',
    usage: '',
    description: 'rows that could not be taken in: list them, look at one, and resubmit it once it is fixed',
    load: async () => (await import('./quarantine.command.ts')).defineQuarantine,
  },
  {
    name: 'topology',
    usage: '[options]',
    description: 'which services run, who of them is active, how far behind each is, and what they gave up on',
    load: async () => (await import('./topology.command.ts')).defineTopology,
  },
  {
    name: 'dead-letters',
    usage: '',
    description: 'what a handler gave up on, and what to do about it: retry it, or set it aside with a reason',
    load: async () => (await import('./dead-letters.command.ts')).defineDeadLetters,
  },
  {
    name: 'template',
    usage: '[options] <record>',
    description: 'a file to start from: the columns or fields of a record type, with an invented record as example',
    load: async () => (await import('./template.command.ts')).defineTemplate,
  },
  {
    name: 'streams',
    usage: '[options]',
    description: 'read the log: one line for each event; personal values are not shown',
    load: async () => (await import('./streams.command.ts')).defineStreams,
  },
  {
    name: 'verify',
    usage: '[options]',
    description:
      'walk the log’s running hash from its first event to its last, and name the first position that is not sound',
    load: async () => (await import('./verify.command.ts')).defineVerify,
  },
  {
    name: 'backup',
    usage: '[options] <file>',
    description: 'copy the log and its secret key into one new file, also while a hub runs',
    load: async () => (await import('./backup.command.ts')).defineBackup,
  },
  {
    name: 'restore',
    usage: '[options] <file>',
    description: 'put a backup into a data directory that has no log yet; everything else is built from it again',
    load: async () => (await import('./backup.command.ts')).defineRestore,
  },
  {
    name: 'rebuild',
    usage: '[options]',
    description: 'throw away what is folded from the log, and fold it anew; no hub may be running',
    load: async () => (await import('./rebuild.command.ts')).defineRebuild,
  },
  {
    name: 'seed',
    usage: '[options]',
    description: 'write the files of an invented province with planted errors, and their truth',
    load: async () => (await import('./seed.command.ts')).defineSeed,
  },
];
