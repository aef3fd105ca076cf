import { adapters } from './adapters.ts';
import { describeEventStore } from './contract-suite/index.ts';

for (const [name, makeAdapter] of Object.entries(adapters)) describeEventStore(name, await makeAdapter());
