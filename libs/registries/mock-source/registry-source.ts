import { REGISTRIES, type Registry } from '#contracts/records';
import { systemClock } from '#libs/platform';
import { findDefinition } from '../definitions/index.ts';
import { normaliseRecord } from '../validation/index.ts';
import { openMockSource, type MockSource, type MockSourceOptions } from './mock-source.ts';

/** A mock source with the record types of one of the hub's registries, and keys as the hub writes them. */
export function openRegistrySource(
  registry: Registry,
  options: Omit<MockSourceOptions, 'recordTypes' | 'keyOf'>,
): MockSource {
  const clock = options.clock ?? systemClock;
  return openMockSource({
    ...options,
    recordTypes: REGISTRIES[registry],
    keyOf(record, content) {
      const definition = findDefinition(record, registry);
      return definition === undefined ? undefined : normaliseRecord(definition, content, clock()).key;
    },
  });
}
