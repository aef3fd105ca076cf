import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importInto, khop, verdictsOf } from '#tests/support';
import { describeWith, findKafka } from '#tests/support/infra';
import { openServicesScene, type ServicesScene } from '#tests/support/services';
import { PROVINCE_FILES } from '#seeds';
import type { Topology } from '../../apps/cli/topology.ts';
import { endServices, LONG, startServices } from './support.ts';

const RESIDENTS = LONG ? 20_000 : 1_500;
const PATIENCE_MILLISECONDS = LONG ? 600_000 : 90_000;

describeWith(await findKafka(), 'a province through services of their own', (kafka) => {
  let scene: ServicesScene;
  beforeAll(async () => {
    scene = await openServicesScene({ brokers: kafka().brokers, residents: RESIDENTS });
  }, 120_000);
  afterAll(() => scene.close(), 60_000);

  it(
    'gets the verdicts that the hub in one process gives',
    async () => {
      await startServices(scene);
      await scene.quiet(PATIENCE_MILLISECONDS);
      await expectTopology(scene);
      expect(await endServices(scene)).toEqual(new Map([...scene.services.keys()].map((name) => [name, 0])));

      const { truth: _, ...files } = PROVINCE_FILES;
      const elsewhere = scene.workshop.at('elsewhere');
      await importInto(elsewhere, ...Object.values(files).map((file) => join(scene.provinceFiles, file)));
      const verdicts = await verdictsOf(elsewhere);
      expect(verdicts.length).toBeGreaterThan(RESIDENTS * 100);
      expect(await verdictsOf(scene.dataDir)).toBe(verdicts);
    },
    PATIENCE_MILLISECONDS * 2,
  );
});

/** The command tells of every service, who is active, and that nothing is left to be done. */
async function expectTopology({ connection, services }: ServicesScene): Promise<void> {
  const env = { KHOP_KAFKA: connection.brokers.join(','), KHOP_KAFKA_PREFIX: connection.prefix };
  const { code, stdout } = await khop(['topology', '--json'], { env });
  expect(code).toBe(0);
  const topology = JSON.parse(stdout) as Topology;
  expect(topology.services.map(({ instance }) => instance).sort()).toEqual([...services.keys()].sort());
  expect(topology.head).toBeGreaterThan(0);
  const parts = topology.services.flatMap((service) => service.parts);
  expect(
    parts
      .filter(({ name }) => name === 'linker')
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['ok', 'standby']);
  expect(parts.flatMap(({ lagEvents, deadLetters }) => [lagEvents ?? 0, deadLetters ?? 0]).filter(Boolean)).toEqual([]);
  const said = (await khop(['topology'], { env })).stdout;
  for (const name of services.keys()) expect(said).toMatch(new RegExp(`^\\S+ +${name} +\\d`, 'm'));
  expect(said).not.toContain('NaN');
}
