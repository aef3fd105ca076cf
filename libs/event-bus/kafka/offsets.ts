import type { Admin } from 'kafkajs';

/** The ends of a partition, and where a group goes on in it. */
export interface PartitionProgress {
  readonly partition: number;
  readonly high: number;
  /** What was committed, or the partition's beginning. */
  readonly committed: number;
}

/** How far a group is in each partition of a topic. */
export async function progressOf(admin: Admin, topic: string, groupId: string): Promise<readonly PartitionProgress[]> {
  const [ends, committed] = await Promise.all([admin.fetchTopicOffsets(topic), committedOf(admin, topic, groupId)]);
  return ends.map(({ partition, high, low }) => ({
    partition,
    high: Number(high),
    committed: Math.max(Number(low), committed.get(partition) ?? 0),
  }));
}

/** What a group has committed, by partition; nothing for a partition of which it has committed nothing. */
export async function committedOf(admin: Admin, topic: string, groupId: string): Promise<ReadonlyMap<number, number>> {
  const offsets = await admin.fetchOffsets({ groupId, topics: [topic] });
  const partitions = offsets.find((one) => one.topic === topic)?.partitions ?? [];
  return new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}

export const lagOf = (progress: readonly PartitionProgress[]): number =>
  progress.reduce((sum, { high, committed }) => sum + Math.max(0, high - committed), 0);
