import { wholeNumber } from '#libs/platform';
import { runService } from '../run-service.ts';

// A service that runs until it is told to end, or fails after so many milliseconds.
await runService(
  'sample',
  { failAfter: wholeNumber('SAMPLE_FAIL_AFTER', 'Milliseconds until it fails', 0, 0, 60_000) },
  ({ failAfter }, { log }) =>
    Promise.resolve({
      health: () => ({ sample: { status: 'degraded', code: 'broker-away' } }),
      finished: new Promise((_, reject) => {
        if (failAfter > 0) setTimeout(() => reject(new Error('Lò Thị Bưởi')), failAfter);
        else setInterval(() => undefined, 60_000).unref();
      }),
      close: () => {
        log.info('let go');
        return Promise.resolve();
      },
    }),
);
