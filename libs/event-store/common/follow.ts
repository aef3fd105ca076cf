import type { Page, Position, ReadAllOptions, SubscribeOptions, SubscriptionItem } from '../port/index.ts';
import { START } from '../port/index.ts';

/** Says when there may be something new in the log. */
export interface LogNews {
  /** A number that grows with each piece of news; taken before reading, it is what `news` waits to see pass. */
  seen(): number;
  /** Resolves when there may be something new since `seen`, the signal is aborted, or there will be no more news. */
  news(seen: number, signal?: AbortSignal): Promise<void>;
  readonly stopped: boolean;
}

/** Reads page after page, waits for news at the end, and goes on. The consumer sets the pace. */
export async function* follow(
  readAll: (options: ReadAllOptions) => Promise<Page>,
  log: LogNews,
  { after = START, signal, ...options }: SubscribeOptions,
): AsyncGenerator<SubscriptionItem, void, undefined> {
  let position: Position = after;
  let behind = true;
  const over = (): boolean => log.stopped || signal?.aborted === true;
  while (!over()) {
    const seen = log.seen();
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
    await log.news(seen, signal);
  }
}
