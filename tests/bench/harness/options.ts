import { parseArgs } from 'node:util';

export const BENCHES = [
  'import',
  'import-million',
  'rebuild',
  'change',
  'queue',
  'queue-import',
  'relay',
  'tracing',
] as const;
export type BenchName = (typeof BENCHES)[number];

export interface BenchOptions {
  readonly only: readonly BenchName[];
  readonly residents: number;
  /** The document whose sections are replaced; undefined: only shown. */
  readonly out: string | undefined;
  /** Where CPU profiles of the measured processes go. */
  readonly profiles: string | undefined;
}

export const USAGE = `npm run bench -- [--residents N] [--only NAME[,NAME]] [--million] [--no-write] [--cpu-prof DIR]

  --residents N   size of the province of import, rebuild and change (200,000)
  --only NAMES    of ${BENCHES.join(', ')}
  --million       import a province of 1,000,000 residents too: takes minutes and some 6 GB of disk
  --no-write      show the numbers, and leave docs/benchmarks.md as it is
  --cpu-prof DIR  write CPU profiles of the measured processes, one for each thread; measures less well
`;

const DOCUMENT = 'docs/benchmarks.md';

/** Reads the command line. Throws an error that says what is wrong with it. */
export function readOptions(argv: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      residents: { type: 'string', default: '200000' },
      only: { type: 'string' },
      million: { type: 'boolean', default: false },
      write: { type: 'boolean', default: true },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  if (values.help) return 'help';
  const residents = Number(values.residents.replaceAll('_', ''));
  if (!Number.isInteger(residents) || residents < 1000) throw new Error('--residents is a whole number from 1000 up');
  const named = values.only?.split(',');
  const unknown = named?.filter((name) => !isBench(name)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(', ')}: ${BENCHES.join(', ')}`);
  return {
    residents,
    only: BENCHES.filter((name) => named?.includes(name) ?? (name !== 'import-million' || values.million)),
    out: values.write ? DOCUMENT : undefined,
    profiles: values['cpu-prof'],
  };
}

const isBench = (name: string): name is BenchName => BENCHES.some((bench) => bench === name);
