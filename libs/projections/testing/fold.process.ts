import { SqliteEventStore } from '#libs/event-store/sqlite';
import { runProjections } from '../engine/index.ts';
import { queueProjection } from '../queue/index.ts';
import { verdictsProjection } from '../verdicts/index.ts';

/** Folds a log in small batches until it is killed: says when it begins. */
const [log = '', directory = ''] = process.argv.slice(2);
const store = await SqliteEventStore.open({ directory: log, readOnly: true });
process.stdout.write('begun\n');
await runProjections({
  store,
  directory,
  projections: [verdictsProjection, queueProjection],
  batchEvents: 7,
  checkpointPages: 20,
});
