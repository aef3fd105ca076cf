import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionOf } from './partitioner.ts';

it('the partition of a key is the one that Kafka’s own clients choose', () => {
  const theirs = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
      fc.integer({ min: 1, max: 64 }),
      (key, count) => {
        const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [1],
          isr: [1],
        }));
        expect(partitionOf(key, count)).toBe(theirs({ topic: 't', partitionMetadata, message: { key, value: '' } }));
      },
    ),
  );
});
