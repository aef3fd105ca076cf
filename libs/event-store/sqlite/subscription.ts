import type { Page, Position, ReadAllOptions, SubscribeOptions, SubscriptionItem } from '../port/index.ts';
import type { LogWatcher } from './log-watcher.ts';
import { START } from '../port/index.ts';

/** Reads page after page, waits for news at the end, and goes on. The consumer sets the pace. */
export async function* follow(
  readAll: (options: ReadAllOptions) => Promise<Page>,
  watcher: LogWatcher,
  { after = START, signal, ...options }: SubscribeOptions,
): AsyncGenerator<SubscriptionItem, void, undefined> {
  let position: Position = after;
  let behind = true;
  const over = (): boolean => watcher.stopped || signal?.aborted === true;
  while (!over()) {
    const seen = watcher.seen();
    const page = await readAll({ ...options, after: position });
    if (page.position > position) {
      position = page.position;
      yield { kind: 'events', page };
    }
    behind ||= !page.end;
    if (!page.end || over()) continue;
    if (behind) {
      behind = false;
      yield { kind: 'caught-up', position };
    }
    await watcher.news(seen, signal);
  }
}
