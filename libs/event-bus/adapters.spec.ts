import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventBus } from '#libs/event-bus/contract-suite';
import { EventStoreDeadLetterStore, InMemoryDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import { SqliteEventStore } from '#libs/event-store/sqlite';

describeEventBus('in-process, dead letters in memory:', async () => {
  const deadLetters = new InMemoryDeadLetterStore();
  return {
    open: (settings) => Promise.resolve(new InProcessEventBus({ deadLetters, settings })),
    dispose: () => Promise.resolve(),
  };
});

describeEventBus('in-process, dead letters in the log:', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'khop-bus-'));
  let store: SqliteEventStore | undefined;
  return {
    open: async (settings) => {
      await store?.close();
      store = await SqliteEventStore.open({ directory });
      return new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store), settings });
    },
    dispose: async () => {
      await store?.close();
      await rm(directory, { recursive: true });
    },
  };
});
