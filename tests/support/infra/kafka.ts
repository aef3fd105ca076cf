import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstOf, type Availability } from './availability.ts';
import { cached } from './cache.ts';
import { freePorts, has, infraFile, run } from './commands.ts';
import { findDocker, serviceOf } from './docker.ts';
import { listening, startProcess, type Service } from './service.ts';
import { onceInTestRun, type Shared } from './test-run.ts';

/** A Kafka of one node for tests. */
export interface KafkaServer {
  /** `host:port` of each broker, as `KHOP_KAFKA` takes them. */
  readonly brokers: readonly string[];
  /** Which of the ways it is. */
  readonly how: 'environment' | 'docker' | 'jars';
}

/** One of a test's own, which it may stop, kill, pause and start again. */
export type OwnKafka = KafkaServer & Service;

export interface KafkaOptions {
  /** Ends when this process is gone; default the one that starts it. */
  readonly guardian?: number;
  readonly heapMegabytes?: number;
}

/**
 * The Kafka that the specs of a run share: one named by `KHOP_KAFKA`, else one that the first of them starts. Specs keep out of
 * each other's way by topic prefixes.
 */
export async function findKafka(): Promise<Availability<KafkaServer>> {
  const named = process.env['KHOP_KAFKA'];
  if (named !== undefined && named !== '') {
    return { available: true, value: { brokers: named.split(','), how: 'environment' } };
  }
  const starter = await findKafkaStarter();
  if (!starter.available) return starter;
  const value = await onceInTestRun('kafka', async (guardian): Promise<Shared<KafkaServer>> => {
    const { brokers, how, remains } = await starter.value({ guardian });
    return { value: { brokers, how }, ...remains };
  });
  return { available: true, value };
}

/** How to start a Kafka: by Docker, else from jars that Maven fetches once and that are kept by version. */
export function findKafkaStarter(): Promise<Availability<(options?: KafkaOptions) => Promise<OwnKafka>>> {
  return firstOf('Kafka', [
    {
      name: 'Docker',
      find: async () => {
        const docker = await findDocker();
        return docker.available ? { available: true, value: startKafkaInDocker } : docker;
      },
    },
    {
      name: 'jars',
      find: async () => {
        if (!(await has('java', '-version'))) return { available: false, reason: 'no Java' };
        const jars = await kafkaJars();
        return { available: true, value: (options?: KafkaOptions) => startKafkaFromJars(jars, options) };
      },
    },
  ]);
}

const READY_WITHIN_MS = 60_000;
const MAVEN_WITHIN_MS = 600_000;

/** The version that everything here runs, as the project file of the jars has it. */
export function kafkaVersion(): string {
  const version = /<artifactId>kafka-tools<\/artifactId>\s*<version>([^<]+)</.exec(
    readFileSync(infraFile('kafka/pom.xml'), 'utf8'),
  )?.[1];
  if (version === undefined) throw new Error('kafka/pom.xml does not say which version it takes');
  return version;
}

/** What a single node needs to say of itself, whatever runs it. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'min.insync.replicas': '1',
  'group.min.session.timeout.ms': '500',
  // A broker that was killed is let in again after this, not after nine seconds.
  'broker.session.timeout.ms': '2000',
  'broker.heartbeat.interval.ms': '400',
  'group.initial.rebalance.delay.ms': '0',
  'auto.create.topics.enable': 'false',
};

async function kafkaJars(): Promise<string> {
  const directory = await cached(`kafka-${kafkaVersion()}`, async (partial) => {
    if (!(await has('mvn', '-v'))) throw new Error('no Maven to fetch the jars with');
    await cp(infraFile('kafka/pom.xml'), join(partial, 'pom.xml'));
    const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libs'];
    await run('mvn', goal, { cwd: partial, timeoutMs: MAVEN_WITHIN_MS });
  });
  return join(directory, 'libs', '*');
}

async function startKafkaFromJars(
  jars: string,
  { guardian, heapMegabytes = 512 }: KafkaOptions = {},
): Promise<OwnKafka> {
  const directory = await mkdtemp(join(tmpdir(), 'khop-kafka-'));
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const properties = join(directory, 'server.properties');
  const lines = Object.entries({
    ...PROPERTIES,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': join(directory, 'data'),
  });
  await writeFile(properties, lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  const cluster = randomBytes(16).toString('base64url');
  const java = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', jars];
  await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', cluster, '-c', properties], {
    timeoutMs: READY_WITHIN_MS,
  });
  const service = await startProcess({
    command: 'java',
    args: [`-Xmx${heapMegabytes}m`, '-XX:+UseSerialGC', '-cp', jars, 'kafka.Kafka', properties],
    logFile: join(directory, 'server.log'),
    ready: (signal) => listening(port, signal),
    readyWithinMs: READY_WITHIN_MS,
    ...(guardian !== undefined && { guardian }),
    directory,
  });
  return Object.assign(service, { brokers: [`127.0.0.1:${port}`], how: 'jars' as const });
}

async function startKafkaInDocker({ heapMegabytes = 512 }: KafkaOptions = {}): Promise<OwnKafka> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const [port = 0] = await freePorts(1);
  const settings = Object.entries({
    ...PROPERTIES,
    'controller.quorum.voters': '1@127.0.0.1:9093',
    listeners: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093',
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  });
  const environment = Object.fromEntries(
    settings.map(([name, value]) => [`KAFKA_${name.replaceAll('.', '_').toUpperCase()}`, value]),
  );
  const container = await new GenericContainer(`apache/kafka:${kafkaVersion()}`)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({ ...environment, KAFKA_HEAP_OPTS: `-Xmx${heapMegabytes}m` })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(READY_WITHIN_MS)
    .start();
  const service = await serviceOf(container, () => listening(port, AbortSignal.timeout(READY_WITHIN_MS)));
  return Object.assign(service, { brokers: [`127.0.0.1:${port}`], how: 'docker' as const });
}
