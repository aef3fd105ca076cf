import { join } from 'node:path';
import { wholeNumber } from '#libs/platform';
import { runService } from '#libs/service';
import { openProvince } from './province.ts';

const SETTINGS = {
  residents: wholeNumber('KHOP_MOCK_RESIDENTS', 'How many residents the invented province has', 20_000, 1, 1_000_000),
  seed: wholeNumber('KHOP_MOCK_SEED', 'The same number gives the same province', 1, 0, Number.MAX_SAFE_INTEGER),
  firstPort: wholeNumber(
    'KHOP_MOCK_PORT',
    'Port of the first registry; the others have those behind it',
    4101,
    1,
    65_000,
  ),
};

/** The registries of an invented province as a process of its own, for adapters to follow. */
await runService('mock-registries', SETTINGS, async (settings, { dataDir, log }) => {
  const province = await openProvince({ ...settings, directory: join(dataDir, 'sources') }, () => undefined);
  log.info({ ...province.addresses }, 'the registries of the province listen');
  return {
    health: () => ({ registries: { status: 'ok' } }),
    finished: new Promise(() => undefined),
    close: () => province.close(),
  };
});
