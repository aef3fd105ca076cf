import { adapters } from './adapters.ts';
import { describeEventStore } from './contract-suite/index.ts';

for (const [name, adapter] of Object.entries(adapters)) describeEventStore(name, adapter);
