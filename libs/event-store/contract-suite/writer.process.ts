/** A process that writes to a log beside others: `writer.process.ts ADAPTER LOCATION TASK NAME EVENTS`. */
import { adapters } from '../adapters.ts';
import { isWriterTask, TASKS } from './writer.tasks.ts';

const [adapterName = '', location = '', task = '', name = '', events = '0'] = process.argv.slice(2);
const makeAdapter = adapters[adapterName];
if (makeAdapter === undefined || !isWriterTask(task)) throw new Error('There is no such adapter or task.');
const store = await (await makeAdapter()).open(location);
for (let step = 0; step < Number(events); step++) await TASKS[task](store, name, step);
await store.close();
