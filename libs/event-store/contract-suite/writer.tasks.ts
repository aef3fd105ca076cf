import type { EventStore } from '../port/index.ts';
import { append, event } from './samples.ts';

/** `append`: to a stream of its own and a shared one; `count`: up from what is there; `repeat`: what all others append too. */
export type WriterTask = 'append' | 'count' | 'repeat';

/** One step of each task; throws when the log answers otherwise than it should. */
export const TASKS: Readonly<Record<WriterTask, (store: EventStore, name: string, step: number) => Promise<void>>> = {
  async append(store, name, step) {
    const id = `${name}/${step}`;
    const results = await store.append([append(`own-${name}`, step - 1, id), append('shared', 'any', id)]);
    if (results.some((result) => !result.ok || result.repeated)) throw new Error(JSON.stringify(results));
  },
  async count(store, name, step) {
    for (;;) {
      const [last] = await store.readStream('counter', { direction: 'backwards', limit: 1 });
      const expected = last?.streamVersion ?? -1;
      const counted = event(`${name}/${step}`, { data: { count: Number(last?.data['count'] ?? -1) + 1 } });
      const [result] = await store.append([{ stream: 'counter', expected, events: [counted] }]);
      if (result?.ok === true) return;
      if (result?.code !== 'wrong-expected-state') throw new Error(JSON.stringify(result));
    }
  },
  async repeat(store, _name, step) {
    const [result] = await store.append([append('shared', step - 1, `e${step}`)]);
    if (result?.ok !== true) throw new Error(JSON.stringify(result));
  },
};

export function isWriterTask(text: string): text is WriterTask {
  return Object.hasOwn(TASKS, text);
}
