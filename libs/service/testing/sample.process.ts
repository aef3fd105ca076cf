import { flag, wholeNumber } from '#libs/platform';
import { runService } from '../run-service.ts';

// A service that runs until it is told to end, or fails after so many milliseconds; it may leave something behind that goes on.
await runService(
  'sample',
  {
    failAfter: wholeNumber('SAMPLE_FAIL_AFTER', 'Milliseconds until it fails', 0, 0, 60_000),
    lingers: flag('SAMPLE_LINGERS', 'Whether a timer goes on', false),
  },
  ({ failAfter, lingers }, { log }) => {
    if (lingers) setInterval(() => undefined, 60_000);
    return Promise.resolve({
      health: () => ({
        sample: {
          status: 'degraded',
          code: 'broker-away',
          role: 'sample',
          lagEvents: 3,
          lagSeconds: 1,
          deadLetters: 1,
        },
      }),
      finished: new Promise((_, reject) => {
        if (failAfter > 0) setTimeout(() => reject(new Error('Lò Thị Bưởi')), failAfter);
        else setInterval(() => undefined, 60_000).unref();
      }),
      close: () => {
        log.info('let go');
        return Promise.resolve();
      },
    });
  },
);
