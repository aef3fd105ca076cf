import { join } from 'node:path';
import { flag, newId, systemClock, text, wholeNumber } from '#libs/platform';
import { METRICS } from '#libs/platform/metrics';
import {
  announce,
  fileSizes,
  openKafka,
  openServiceLog,
  openServicesMap,
  runService,
  watchLog,
  type ServiceHealth,
} from '#libs/service';
import { startViewingThread } from '#libs/viewing';
import { DEFAULT_DESK_SETTINGS } from './desk-settings.ts';
import { createDeskServer } from './desk.server.ts';
import { IMPORTS_ELSEWHERE, rulesElsewhere } from './service/elsewhere.ts';
import { queueMetrics } from './service/queue-metrics.ts';
import { serviceOperations } from './service/service-operations.ts';
import { assertMayListen } from './service/may-listen.ts';
import { watchViews } from './service/views-watch.ts';
import { createCandidateFinder } from './views/candidates.ts';

/** The steward desk as a process of its own: any number may run, each with views that it folds itself. */
const SETTINGS = {
  host: text('KHOP_HOST', 'Address to listen on', '127.0.0.1'),
  port: wholeNumber('KHOP_PORT', 'Port to listen on; 0 for any that is free', 3000, 0, 65_535),
  allowRemote: flag(
    'KHOP_ALLOW_REMOTE',
    'Listen on another address than loopback, although anyone who reaches it may act under any name',
    false,
  ),
  viewsDir: text('KHOP_VIEWS_DIR', 'Directory of this desk’s views; default: one for its port, among the data', ''),
};

await runService('steward-desk', SETTINGS, async ({ host, port, allowRemote, viewsDir }, context) => {
  const { dataDir, log, metrics, onScrape } = context;
  assertMayListen(host, allowRemote);
  const kafka = openKafka(context);
  const { store, hash, directory } = await openServiceLog(dataDir, context.service);
  const views = viewsDir === '' ? join(dataDir, 'desks', String(port), 'views') : viewsDir;
  const viewing = await startViewingThread({ log: directory, views });
  const services = openServicesMap(kafka);
  // Until Kafka is there, nobody can say how the linker is.
  const following = kafka.topics.then(() => services.follow()).catch(() => undefined);
  const candidates = createCandidateFinder({ store, views });
  const answers = METRICS.httpRequests.register(metrics);
  const desk = await createDeskServer(
    {
      store,
      hash,
      views,
      newId,
      clock: systemClock,
      operations: serviceOperations({ bus: kafka.bus, viewing, services }),
      imports: IMPORTS_ELSEWHERE,
      rules: rulesElsewhere(store),
      settings: DEFAULT_DESK_SETTINGS,
      onFailure: (failure) => log.error(failure, 'a request failed'),
      onAnswer: ({ method, route, status, seconds }) => answers.observe({ method, route, status }, seconds),
      findCandidates: candidates.find,
    },
    { host, port },
  );
  log.info({ api: desk.address }, 'Who acts is taken from the header Khop-Actor: there is no sign-in yet');
  const logWatch = watchLog(store, () => ({}));
  const viewsWatch = watchViews(viewing);
  const queue = queueMetrics(metrics, views);
  onScrape(() => queue.observe());
  onScrape(fileSizes(metrics, [views]));
  const health = (): ServiceHealth => ({
    kafka: kafka.health(),
    log: logWatch.health(),
    desk: { status: 'ok', api: desk.address },
    ...viewsWatch.health(),
  });
  const announcing = announce(context, kafka, health);
  return {
    health,
    finished: viewing.finished,
    async close() {
      await announcing.close();
      await desk.close();
      candidates.close();
      queue.close();
      viewsWatch.close();
      await kafka.close();
      await following;
      await services.close();
      await viewing.close();
      await logWatch.close();
      await store.close();
    },
  };
});
