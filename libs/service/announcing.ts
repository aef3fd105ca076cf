import { setTimeout as sleep } from 'node:timers/promises';
import { SharedMap } from '#libs/event-bus/kafka';
import { toTimestamp, VERSION } from '#libs/platform';
import { worstOf, type PartHealth, type ServiceHealth } from './health.ts';
import type { KafkaAccess } from './kafka.ts';
import { SERVICES_TOPIC } from './kafka.settings.ts';
import type { ServiceContext } from './run-service.ts';

/** What an instance of a service tells of itself. */
export interface Announcement {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  /** RFC 3339 in UTC. */
  readonly since: string;
  readonly at: string;
  /** Where it answers for its health and metrics. */
  readonly address: string;
  readonly status: PartHealth['status'];
  readonly parts: ServiceHealth;
}

/** An instance tells how it is so often. */
export const ANNOUNCE_SECONDS = 2;

const GOODBYE_MILLISECONDS = 3_000;

/** Who has not told anything for so long is taken for gone. */
export const GONE_AFTER_SECONDS = 10;

export type ServicesMap = SharedMap<Announcement>;

export const openServicesMap = ({
  connection,
  settings,
  log,
}: Pick<KafkaAccess, 'connection' | 'settings' | 'log'>): ServicesMap =>
  new SharedMap<Announcement>({ connection, settings, log, topic: SERVICES_TOPIC });

/** Tells the other services how this one is, until it is closed. That the brokers are away is told by its health. */
export function announce(
  context: ServiceContext,
  kafka: KafkaAccess,
  health: () => ServiceHealth,
): { close(): Promise<void> } {
  const { service, instance, address } = context;
  const map = openServicesMap(kafka);
  const since = toTimestamp(Date.now());
  const key = `${service}/${instance}`;
  let sending: Promise<void> | undefined;
  const tell = (): void => {
    const parts = health();
    sending ??= kafka.topics
      .then(() =>
        map.put(key, {
          service,
          instance,
          version: VERSION,
          since,
          at: toTimestamp(Date.now()),
          address,
          status: worstOf(parts),
          parts,
        }),
      )
      .then(() => kafka.heard())
      .catch(() => undefined)
      .finally(() => (sending = undefined));
  };
  const timer = setInterval(tell, ANNOUNCE_SECONDS * 1000);
  tell();
  return {
    async close() {
      clearInterval(timer);
      const goodbye = (sending ?? Promise.resolve())
        .then(() => map.put(key, undefined))
        .catch(() => undefined)
        .then(() => map.close());
      // While the brokers are away nobody hears it: the others notice by the silence.
      await Promise.race([goodbye, sleep(GOODBYE_MILLISECONDS, undefined, { ref: false })]);
    },
  };
}

/** Those that have told something lately. */
export function alive(map: ServicesMap, now: number): readonly Announcement[] {
  return [...map.entries().values()].filter(({ at }) => now - Date.parse(at) <= GONE_AFTER_SECONDS * 1000);
}
