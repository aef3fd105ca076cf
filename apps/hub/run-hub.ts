import { isIP } from 'node:net';
import { Command, InvalidArgumentError } from 'commander';
import { pino } from 'pino';
import { CommandError, startProgress, stopSignal, type Progress } from '#libs/console';
import { readSettings } from '#libs/platform';
import { startTracing, TRACING_SETTINGS } from '#libs/telemetry';
import { startHub, type Hub, type HubStep } from './hub.ts';
import { HUB_SETTINGS, partsOf } from './hub.settings.ts';
import { describeHubStats, describeSourceCounts, readStatsIn } from './summary.ts';

interface Options {
  readonly dataDir?: string;
  readonly host?: string;
  readonly port?: number;
  readonly empty: boolean;
  readonly residents: number;
  readonly seed: number;
}

const LABELS = {
  generating: 'inventing residents',
  loading: 'filling the registries',
  'taking-in': 'taking records in',
  judging: 'judging',
} as const;

/** Reads the command line, runs the hub, and ends it cleanly when it is told to. */
export async function runHub(argv: readonly string[]): Promise<void> {
  const program = new Command('npm start --')
    .description('Runs the whole hub in one process. An empty data directory gets a synthetic province.')
    .option('--data-dir <dir>', 'directory of the hub’s data (default ./data)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <port>', 'port to listen on; 0 for any that is free (default 3000)', wholeNumber(0, 65_535))
    .option('--empty', 'no synthetic province: only what is imported', false)
    .option('--residents <n>', 'how many residents the synthetic province has', wholeNumber(1, 1_000_000), 20_000)
    .option('--seed <n>', 'the same number gives the same province', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .exitOverride();
  program.parse(argv);
  await run(program.opts<Options>());
}

async function run(options: Options): Promise<void> {
  const settings = readSettings({ ...HUB_SETTINGS, ...TRACING_SETTINGS }, process.env);
  const host = options.host ?? settings.host;
  if (!isLoopback(host) && !settings.allowRemote) {
    throw new CommandError(
      'remote-not-allowed',
      `The hub would listen on ${host}, where anyone who reaches it may act under any name: there is no sign-in yet. If that is wanted, set KHOP_ALLOW_REMOTE=true.`,
    );
  }
  const log = pino({ name: 'khop' }, pino.destination(2));
  const steps = showSteps();
  const traces = await startTracing({ service: 'steward-desk', endpoint: settings.endpoint, ratio: settings.ratio });
  const startedAt = performance.now();
  const stop = stopSignal();
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));

  const starting = startHub({
    dataDir: options.dataDir ?? settings.dataDir,
    host,
    port: options.port ?? settings.port,
    residents: options.empty ? 0 : options.residents,
    seed: options.seed,
    settings: partsOf(settings),
    onProgress: (step) => steps.show(step),
    onFailure: (failure) => log.error(failure, 'a request failed'),
    onFeedTurn: ({ turn, ...feed }) => {
      if (turn === 'failing') log.warn(feed, 'a feed fails, and is tried again');
      else log.info(feed, 'a feed goes on again');
    },
    onCorrectionFailure: (failure) => log.warn(failure, 'a correction could not be handed over, and is tried again'),
  });
  let hub: Hub;
  try {
    hub = await starting;
  } finally {
    steps.end();
  }
  try {
    await Promise.race([hub.caughtUp, hub.finished, stopped]);
    steps.end();
    if (!stop.aborted) {
      print(`\n${describeHubStats(readStatsIn(hub.directory.views, Date.now()))}\n`);
      const counts = await hub.compareCounts().catch(() => undefined);
      if (counts === undefined) print('A registry does not answer: what it counts could not be compared.');
      else for (const line of describeSourceCounts(counts)) print(line);
      print(`All verdicts are there after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
      print(`API:      ${hub.address}/api/v1`);
      print(`API page: ${hub.address}/api`);
      for (const [registry, address] of Object.entries(hub.sources ?? {})) print(`Registry: ${address} (${registry})`);
      print('Who acts is taken from the header Khop-Actor: there is no sign-in yet. Ctrl+C ends the hub.');
    }
    await Promise.race([hub.finished, stopped]);
  } finally {
    steps.end();
    await hub.close();
    await traces.close();
  }
  print('The hub has ended. What it acknowledged is in the log; the next start goes on.');
}

/** One bar after the other, on a terminal. */
function showSteps(): { show(step: HubStep): void; end(): void } {
  let current: { readonly step: HubStep['step']; readonly progress: Progress } | undefined;
  return {
    show(step) {
      if (step.step === 'listening') return;
      if (current?.step !== step.step) {
        current?.progress.end();
        current = { step: step.step, progress: startProgress(LABELS[step.step], step.total) };
      }
      current.progress.update(step.done, step.total);
    },
    end() {
      current?.progress.end();
      current = undefined;
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
