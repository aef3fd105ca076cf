import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importInto, verdictsOf } from '#tests/support';
import { describeWith, findKafka } from '#tests/support/infra';
import { openServicesScene, type ServicesScene } from '#tests/support/services';
import { PROVINCE_FILES } from '#seeds';
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
