import { hostname } from 'node:os';
import { Registry } from 'prom-client';
import { readSettings, SettingsError, VERSION, type SettingDefinition, type SettingsOf } from '#libs/platform';
import { startTracing, TRACING_SETTINGS } from '#libs/telemetry';
import { healthMetrics } from './health-metrics.ts';
import { serveHealth, worstOf, type ServiceHealth } from './health.ts';
import { createLogger, type Logger } from './logging.ts';
import { SERVICE_SETTINGS } from './service.settings.ts';

/** What a service is started with beside its settings. */
export interface ServiceContext {
  readonly service: string;
  readonly instance: string;
  readonly dataDir: string;
  /** Where it answers for its health and metrics. */
  readonly address: string;
  readonly log: Logger;
  readonly metrics: Registry;
  /** What is called is called before each answer with metrics. */
  readonly onScrape: (observe: () => unknown) => void;
}

/** A service that has been started. */
export interface StartedService {
  health(): ServiceHealth;
  /** Rejects when it can't go on. */
  readonly finished: Promise<void>;
  /** Finishes what is in hand, and lets go of everything. */
  close(): Promise<void>;
}

/** Whatever still holds the process back after this time has nothing in hand. */
const LINGER_MILLISECONDS = 2_000;

type Definitions = Record<string, SettingDefinition<unknown>>;

/** A service that does not end within this time after it was told to is ended by force: what it has in hand is done again. */
const CLOSE_GRACE_MILLISECONDS = 20_000;

/**
 * Runs a service as this process until it is told to end: reads its settings (every problem in one message), answers for its health, logs
 * JSON lines, traces where an endpoint is set. Exit code 0 when it was told to end, 1 when it could not start or go on.
 */
export async function runService<D extends Definitions>(
  service: string,
  definitions: D,
  start: (settings: SettingsOf<D>, context: ServiceContext) => Promise<StartedService>,
): Promise<void> {
  // What the hub writes holds personal values: it is for its owner alone.
  process.umask(0o077);
  let log = createLogger(service);
  const told = toldToEnd();
  const atEnd: (() => Promise<unknown>)[] = [];
  try {
    if (process.argv.length > 2)
      throw new SettingsError(['settings come from the environment, not from the command line']);
    const all = { ...SERVICE_SETTINGS, ...TRACING_SETTINGS, ...definitions };
    const settings = readSettings(all, process.env) as SettingsOf<D> &
      SettingsOf<typeof SERVICE_SETTINGS> &
      SettingsOf<typeof TRACING_SETTINGS>;
    const instance = settings.instance === '' ? `${hostname()}-${process.pid}` : settings.instance;
    log = log.child({ instance });
    const tracing = await startTracing({ service, instance, endpoint: settings.endpoint, ratio: settings.ratio });
    atEnd.unshift(() => tracing.close());
    const metrics = new Registry();
    const showHealth = healthMetrics(metrics);
    const observers: (() => unknown)[] = [() => showHealth(health())];
    let health: () => ServiceHealth = () => ({ [service]: { status: 'starting' } });
    const server = await serveHealth({
      host: settings.httpHost,
      port: settings.httpPort,
      metrics,
      overall: () => {
        const parts = health();
        return { status: worstOf(parts), service, instance, version: VERSION, parts };
      },
      onScrape: () => Promise.all(observers.map((observe) => observe())),
    });
    atEnd.unshift(() => server.close());
    log.info({ version: VERSION, health: server.address }, 'starting');
    const started = await start(settings, {
      service,
      instance,
      dataDir: settings.dataDir,
      address: server.address,
      log,
      metrics,
      onScrape: (observe) => void observers.push(observe),
    });
    atEnd.unshift(() => started.close());
    health = () => started.health();
    log.info('started');
    await Promise.race([started.finished, told]);
    log.info('ending');
  } catch (error) {
    log.fatal({ error }, 'the service can’t go on');
    process.exitCode = 1;
  }
  await endAll(atEnd, log);
  // A consumer that hung and was left to itself may still have connections.
  setTimeout(() => process.exit(), LINGER_MILLISECONDS).unref();
}

async function endAll(atEnd: readonly (() => Promise<unknown>)[], log: Logger): Promise<void> {
  const overdue = setTimeout(() => {
    log.error('what was in hand did not end in time; it is done again at the next start');
    process.exit(1);
  }, CLOSE_GRACE_MILLISECONDS);
  for (const end of atEnd) {
    await end().catch((error: unknown) => {
      log.error({ error }, 'could not end cleanly');
      process.exitCode = 1;
    });
  }
  clearTimeout(overdue);
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
