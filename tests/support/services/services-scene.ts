import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openProvince, type Province } from '#apps/mock-registries';
import { REGISTRY_NAMES, type Registry } from '#contracts/records';
import { RECONCILER_GROUP, WORK_TOPIC } from '#contracts/work';
import { createKafkaEventBus, type KafkaConnection } from '#libs/event-bus/kafka';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import type { ServiceHealth } from '#libs/service';
import { openWorkshop, type Workshop } from '../data.ts';
import { serviceProcess, type ServiceProcess } from './service-process.ts';
import { connectionTo } from './topics.ts';

/** Services as processes on a data directory and a Kafka, with the registries of an invented province to follow. */
export interface ServicesScene {
  readonly workshop: Workshop;
  readonly dataDir: string;
  readonly connection: KafkaConnection;
  readonly province: Province;
  /** The files from which the registries were filled. */
  readonly provinceFiles: string;
  readonly services: ReadonlyMap<string, ServiceProcess>;
  get(name: string): ServiceProcess;
  /** Adds a service, without starting it. */
  add(name: string, app: string, environment?: Readonly<Record<string, string>>): ServiceProcess;
  /** Changes a record at its registry. */
  change(registry: Registry, record: string, content: unknown): Promise<void>;
  /** Resolves when everything that the registries have is in the log, judged, and nothing is on its way. */
  quiet(patienceMilliseconds: number): Promise<void>;
  /** Everything that the services have said. */
  said(): string;
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly brokers: readonly string[];
  readonly residents: number;
  readonly seed?: number;
  /** For all services. */
  readonly environment?: Readonly<Record<string, string>>;
}

const LOOK_MILLISECONDS = 250;

/** Fills the registries and names the services of one machine: an adapter each, two of everything else. Nothing runs yet. */
export async function openServicesScene(options: SceneOptions): Promise<ServicesScene> {
  const { brokers, residents, seed = 7 } = options;
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  const sources = workshop.at('sources');
  const connection = connectionTo(brokers, `test-${randomUUID()}.`);
  const province = await openProvince({ directory: sources, residents, seed }, () => undefined);
  const bus = createKafkaEventBus({ connection, source: '/khop/test' });
  const services = new Map<string, ServiceProcess>();
  const common = {
    KHOP_DATA_DIR: dataDir,
    KHOP_KAFKA: brokers.join(','),
    KHOP_KAFKA_PREFIX: connection.prefix,
    KHOP_KAFKA_SESSION_TIMEOUT_MS: '6000',
    ...options.environment,
  };
  const add: ServicesScene['add'] = (name, app, environment = {}) => {
    const service = serviceProcess(name, app, { ...common, ...environment });
    services.set(name, service);
    return service;
  };
  for (const registry of REGISTRY_NAMES) {
    add(registry, registry, {
      [`KHOP_${registry.toUpperCase().replaceAll('-', '_')}_URL`]: province.addresses[registry],
    });
  }
  for (const number of ['1', '2']) {
    add(`linker-${number}`, 'linker');
    add(`reconciler-${number}`, 'reconciler');
    add(`steward-desk-${number}`, 'steward-desk', {
      KHOP_PORT: '0',
      KHOP_VIEWS_DIR: join(dataDir, 'desks', number, 'views'),
    });
  }
  add('relay', 'relay');

  async function partsOf(app: string): Promise<readonly ServiceHealth[]> {
    const found = [...services.values()].filter((service) => service.app === app);
    const healths = await Promise.all(found.map((service) => service.health()));
    return healths.flatMap((health) => (health === undefined ? [] : [health.parts]));
  }

  /** Where the log ends, when everything has come to rest there; undefined while something is on its way. */
  async function resting(): Promise<number | undefined> {
    for (const registry of REGISTRY_NAMES) {
      const [parts = {}] = await partsOf(registry);
      const feeds = Object.entries(parts).filter(([name]) => name.startsWith('feed-'));
      if (feeds.length === 0 || feeds.some(([, { phase, behind }]) => phase !== 'live' || behind !== 0))
        return undefined;
    }
    const store = await SqliteEventStore.open({ directory: join(dataDir, 'log'), readOnly: true });
    const head = await store.head().finally(() => store.close());
    const active = (await partsOf('linker')).find(({ linker }) => linker?.status === 'ok');
    if (active?.['linker']?.caughtUp !== true || Number(active['linker'].position) < head) return undefined;
    if ((await bus.lag({ topic: WORK_TOPIC, group: RECONCILER_GROUP })) > 0) return undefined;
    const relays = await partsOf('relay');
    const told = relays.find(({ relay }) => relay?.status === 'ok')?.['relay'];
    if (told?.caughtUp !== true || told['lagEvents'] !== 0) return undefined;
    return head;
  }

  return {
    workshop,
    dataDir,
    connection,
    province,
    provinceFiles: join(sources, 'province'),
    services,
    add,
    get(name) {
      const service = services.get(name);
      if (service === undefined) throw new Error(`There is no service ${name}`);
      return service;
    },
    async change(registry, record, content) {
      const answer = await fetch(`${province.addresses[registry]}/admin/records/${record}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(content),
      });
      if (!answer.ok) throw new Error(`The registry did not take the change: ${answer.status}`);
    },
    async quiet(patienceMilliseconds) {
      const until = Date.now() + patienceMilliseconds;
      let before: number | undefined;
      for (;;) {
        const now = await resting().catch(() => undefined);
        if (now !== undefined && now === before) return;
        before = now;
        if (Date.now() > until) throw new Error(`The services have not come to rest:\n${await describe(services)}`);
        await sleep(LOOK_MILLISECONDS);
      }
    },
    said: () => [...services.values()].flatMap(({ lines }) => lines).join('\n'),
    async close() {
      await workshop.remove();
      await bus.close();
      await province.close();
    },
  };
}

async function describe(services: ReadonlyMap<string, ServiceProcess>): Promise<string> {
  const told = [...services.values()].map(
    async (service) => `${service.name}: ${JSON.stringify((await service.health())?.parts)}`,
  );
  return (await Promise.all(told)).join('\n');
}
