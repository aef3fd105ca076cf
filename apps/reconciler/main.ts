import { RECONCILER_GROUP } from '#contracts/work';
import { RecordVersions } from '#libs/record-versions';
import { RulesBook } from '#libs/rules';
import { announce, openKafka, openServiceLog, runService, watchLog, type ServiceHealth } from '#libs/service';
import { startReconciling } from './start-reconciling.ts';
import { countVerdicts } from './verdict-metrics.ts';
import { watchWork } from './work-watch.ts';

/** Versions of the batches at hand: what a person is mentioned by is often judged together. */
const VERSIONS_REMEMBERED = 6_000;

/** A reconciler as a process of its own: one of any number that share the work items. */
await runService('reconciler', {}, async (_, context) => {
  const kafka = openKafka(context);
  const { store, hash } = await openServiceLog(context.dataDir, context.service);
  const versions = new RecordVersions(store, VERSIONS_REMEMBERED);
  const book = await RulesBook.open(store);
  let joined = false;
  const joining = kafka.topics
    .then(() =>
      startReconciling({ bus: kafka.bus, store, versions, hash, book, onVerdict: countVerdicts(context.metrics) }),
    )
    .then(() => {
      joined = true;
    });
  const failed = Promise.withResolvers<undefined>();
  joining.catch((error: unknown) => failed.reject(error));
  const logWatch = watchLog(store, () => ({}));
  const workWatch = watchWork(kafka);
  const health = (): ServiceHealth => ({
    kafka: kafka.health(),
    log: logWatch.health(),
    [RECONCILER_GROUP]: {
      ...(joined ? { status: 'ok' } : { status: 'degraded', code: 'joining' }),
      ...workWatch.seen(),
    },
  });
  const announcing = announce(context, kafka, health);
  return {
    health,
    finished: failed.promise,
    async close() {
      await announcing.close();
      workWatch.close();
      await kafka.close();
      await logWatch.close();
      await store.close();
    },
  };
});
