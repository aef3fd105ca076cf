import { openProvince, type ProvinceInput, type ProvinceStatus } from '#apps/mock-registries';
import { runThread } from '#libs/threads';

await runThread<ProvinceInput, ProvinceStatus>(async (input, report) => {
  const province = await openProvince(input, report);
  return {
    answers: { addresses: () => province.addresses, counts: () => province.counts() },
    close: () => province.close(),
  };
}, 'sources');
