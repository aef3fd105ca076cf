import { SqliteEventStore } from '#libs/event-store/sqlite';
import { runRelay } from '../run-relay.ts';
import { connectionTo } from './relay-scene.ts';

// Runs a relay on a log until it is killed: directory, brokers, prefix and events per transaction are given.
const [directory = '', brokers = '', prefix = '', events = ''] = process.argv.slice(2);
const store = await SqliteEventStore.open({ directory });
await runRelay({
  store,
  connection: connectionTo(brokers.split(','), prefix),
  settings: { eventsPerTransaction: Number(events) },
  signal: new AbortController().signal,
  onStatus: ({ position }) => process.stdout.write(`${position ?? 0}\n`),
});
