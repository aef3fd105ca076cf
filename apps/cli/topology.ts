import { readKafkaConnection, readKafkaEventBusSettings } from '#libs/event-bus/kafka';
import { alive, assertKafkaAnswers, openServicesMap, type Announcement, type PartHealth } from '#libs/service';

/** Something that a service does, as it tells of it. */
export interface TopologyPart {
  readonly name: string;
  readonly status: PartHealth['status'];
  readonly code: string | null;
  /** Place in the log; null for what does not follow it. */
  readonly position: number | null;
  readonly lagEvents: number | null;
  readonly lagSeconds: number | null;
  readonly deadLetters: number | null;
}

/** One process of a service. */
export interface TopologyService extends Omit<Announcement, 'at' | 'parts'> {
  readonly parts: readonly TopologyPart[];
}

/** Which services there are, and how they are. */
export interface Topology {
  /** Where the log ends, as far as a service has told; null when none has. */
  readonly head: number | null;
  readonly services: readonly TopologyService[];
}

/**
 * Reads what the services have told of themselves in the last seconds. Rejects with `KafkaAwayError`; throws `SettingsError`. Where no
 * service ever was, there is none.
 */
export async function readTopology(environment: NodeJS.ProcessEnv): Promise<Topology> {
  const connection = readKafkaConnection(environment, 'khop-command');
  const settings = readKafkaEventBusSettings(environment);
  await assertKafkaAnswers(connection);
  const map = openServicesMap({ connection, settings, log: () => undefined });
  try {
    await map.follow();
    return topologyOf(alive(map, Date.now()));
  } catch (error) {
    if (isUnknownTopic(error)) return topologyOf([]);
    throw error;
  } finally {
    await map.close();
  }
}

/** Looks through the causes: kafkajs wraps what the broker has said. */
function isUnknownTopic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') || isUnknownTopic(error.cause);
}

export function topologyOf(announcements: readonly Announcement[]): Topology {
  const heads = announcements.flatMap(({ parts }) => numberIn(parts['log']?.['position']) ?? []);
  const services = announcements
    .map(({ at: _, parts, ...told }) => ({ ...told, parts: Object.entries(parts).map(partOf) }))
    .sort((one, other) => (`${one.service} ${one.instance}` < `${other.service} ${other.instance}` ? -1 : 1));
  return { head: heads.length === 0 ? null : Math.max(...heads), services };
}

const partOf = ([name, part]: [string, PartHealth]): TopologyPart => ({
  name,
  status: part.status,
  code: part.code ?? null,
  position: numberIn(part['position']) ?? null,
  lagEvents: numberIn(part['lagEvents']) ?? null,
  lagSeconds: numberIn(part['lagSeconds']) ?? null,
  deadLetters: numberIn(part['deadLetters']) ?? null,
});

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
