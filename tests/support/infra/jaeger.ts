import { readFileSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstOf, type Availability } from './availability.ts';
import { cached } from './cache.ts';
import { freePorts, has, infraFile, run } from './commands.ts';
import { findDocker, serviceOf } from './docker.ts';
import { startProcess, type Service } from './service.ts';
import { onceInTestRun, type Shared } from './test-run.ts';

/** A Jaeger for tests. */
export interface JaegerServer {
  /** Base address of the query API: `/api/services`, `/api/traces?service=…`, `/api/traces/ID`. */
  readonly queryUrl: string;
  /** Base address for OTLP over HTTP, as `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly otlpUrl: string;
  readonly how: 'environment' | 'docker' | 'built';
}

export type OwnJaeger = JaegerServer & Service;

export interface JaegerOptions {
  /** Ends when this process is gone; default the one that starts it. */
  readonly guardian?: number;
}

/**
 * The Jaeger that the specs of a run share: one named by `JAEGER_URL` and `OTEL_EXPORTER_OTLP_ENDPOINT`, else one that
 * the first of them starts.
 */
export async function findJaeger(): Promise<Availability<JaegerServer>> {
  const { JAEGER_URL: queryUrl, OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl } = process.env;
  if (queryUrl !== undefined && otlpUrl !== undefined) {
    return { available: true, value: { queryUrl, otlpUrl, how: 'environment' } };
  }
  const starter = await findJaegerStarter();
  if (!starter.available) return starter;
  const value = await onceInTestRun('jaeger', async (guardian): Promise<Shared<JaegerServer>> => {
    const { remains, ...jaeger } = await starter.value({ guardian });
    return { value: { queryUrl: jaeger.queryUrl, otlpUrl: jaeger.otlpUrl, how: jaeger.how }, ...remains };
  });
  return { available: true, value };
}

/** How to start a Jaeger: by Docker, else one that Go builds once and that is kept by version. */
export function findJaegerStarter(): Promise<Availability<(options?: JaegerOptions) => Promise<OwnJaeger>>> {
  return firstOf('Jaeger', [
    {
      name: 'Docker',
      find: async () => {
        const docker = await findDocker();
        return docker.available ? { available: true, value: startJaegerInDocker } : docker;
      },
    },
    {
      name: 'built',
      find: async () => {
        const program = await jaegerProgram();
        return { available: true, value: (options?: JaegerOptions) => startBuiltJaeger(program, options) };
      },
    },
  ]);
}

const READY_WITHIN_MS = 60_000;
const BUILD_WITHIN_MS = 1_800_000;
const ALL_IN_ONE = 'github.com/jaegertracing/jaeger/cmd/all-in-one';

/** The version that everything here runs, as the Go module has it. */
export function jaegerVersion(): string {
  const version = /jaegertracing\/jaeger v(\S+)/.exec(readFileSync(infraFile('jaeger/go.mod'), 'utf8'))?.[1];
  if (version === undefined) throw new Error('jaeger/go.mod does not say which version it takes');
  return version;
}

async function jaegerProgram(): Promise<string> {
  const directory = await cached(`jaeger-${jaegerVersion()}`, async (partial) => {
    if (!(await has('go', 'version'))) throw new Error('no Go to build it with');
    process.stderr.write('Building Jaeger for the tests, once: this takes minutes\n');
    await cp(infraFile('jaeger'), join(partial, 'module'), { recursive: true });
    const build = ['build', '-o', join(partial, 'jaeger-all-in-one'), ALL_IN_ONE];
    await run('nice', ['-n', '19', 'go', ...build], {
      cwd: join(partial, 'module'),
      env: { GOFLAGS: '-mod=mod' },
      timeoutMs: BUILD_WITHIN_MS,
    });
  });
  return join(directory, 'jaeger-all-in-one');
}

async function answers(queryUrl: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const response = await fetch(`${queryUrl}/api/services`, { signal }).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(50);
  }
}

async function startBuiltJaeger(program: string, { guardian }: JaegerOptions = {}): Promise<OwnJaeger> {
  const directory = await mkdtemp(join(tmpdir(), 'khop-jaeger-'));
  const [grpc = 0, http = 0, query = 0, queryGrpc = 0, admin = 0] = await freePorts(5);
  const queryUrl = `http://127.0.0.1:${query}`;
  const service = await startProcess({
    command: program,
    args: [
      `--collector.otlp.grpc.host-port=127.0.0.1:${grpc}`,
      `--collector.otlp.http.host-port=127.0.0.1:${http}`,
      `--query.http-server.host-port=127.0.0.1:${query}`,
      `--query.grpc-server.host-port=127.0.0.1:${queryGrpc}`,
      `--admin.http.host-port=127.0.0.1:${admin}`,
      // What older agents and collectors speak is listened to nowhere.
      ...['collector.grpc-server', 'collector.http-server'].map((name) => `--${name}.host-port=127.0.0.1:0`),
    ],
    env: { SPAN_STORAGE_TYPE: 'memory' },
    logFile: join(directory, 'jaeger.log'),
    ready: (signal) => answers(queryUrl, signal),
    readyWithinMs: READY_WITHIN_MS,
    ...(guardian !== undefined && { guardian }),
    directory,
  });
  return Object.assign(service, { queryUrl, otlpUrl: `http://127.0.0.1:${http}`, how: 'built' as const });
}

async function startJaegerInDocker(): Promise<OwnJaeger> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const [http = 0, query = 0] = await freePorts(2);
  const queryUrl = `http://127.0.0.1:${query}`;
  const container = await new GenericContainer(`jaegertracing/all-in-one:${jaegerVersion()}`)
    .withExposedPorts({ container: 4318, host: http }, { container: 16686, host: query })
    .withWaitStrategy(Wait.forHttp('/api/services', 16686))
    .withStartupTimeout(READY_WITHIN_MS)
    .start();
  const service = await serviceOf(container, () => answers(queryUrl, AbortSignal.timeout(READY_WITHIN_MS)));
  return Object.assign(service, { queryUrl, otlpUrl: `http://127.0.0.1:${http}`, how: 'docker' as const });
}
