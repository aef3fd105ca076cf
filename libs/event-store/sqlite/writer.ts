import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendResult } from '../port/index.ts';
import type { ConnectionKeeper } from './connection-keeper.ts';
import type { EncodedAppend } from './event.codec.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { EventStoreUnavailableError } from '../port/index.ts';
import { leftNothing, outcomeUnknown } from './failures.ts';

interface Request {
  readonly appends: readonly EncodedAppend[];
  readonly events: number;
  readonly resolve: (results: readonly AppendResult[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes appends in order and commits as many waiting ones as fit together. */
export interface LogWriter {
  append(appends: readonly EncodedAppend[]): Promise<readonly AppendResult[]>;
  /** Resolves once everything taken so far is answered. */
  settled(): Promise<void>;
}

/** `onCommit` is called after each commit that wrote something. */
export function openWriter(keeper: ConnectionKeeper, settings: Settings, onCommit: () => void): LogWriter {
  const queue: Request[] = [];
  let draining: Promise<void> | undefined;
  let notBefore = 0;

  async function drain(): Promise<void> {
    // One turn of the event loop, so that calls of the same moment share a commit.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const pause = notBefore - performance.now();
      if (pause > 0) await sleep(pause);
      await commitNext();
    }
    draining = undefined;
  }

  async function commitNext(): Promise<void> {
    const group: Request[] = takeGroup(queue, settings.commitEvents);
    try {
      const { results, written } = await keeper.use((session) => commit(session, group, keeper, settings));
      if (written >= settings.bulkEvents) notBefore = performance.now() + settings.bulkPauseMilliseconds;
      group.forEach((request, index) => request.resolve(results[index] ?? []));
      if (written > 0) onCommit();
    } catch (error) {
      for (const request of group) request.reject(error);
    }
  }

  return {
    append(appends) {
      if (queue.length >= settings.maxQueuedAppends) {
        return Promise.reject(
          new EventStoreUnavailableError(`${queue.length} appends are waiting already. Try again later.`),
        );
      }
      const events = appends.reduce((sum, append) => sum + append.events.length, 0);
      if (events > settings.maxBatchEvents) {
        return Promise.reject(new RangeError(`A batch has at most ${settings.maxBatchEvents} events, not ${events}.`));
      }
      const answer = new Promise<readonly AppendResult[]>((resolve, reject) => {
        queue.push({ appends, events, resolve, reject });
      });
      draining ??= drain();
      return answer;
    },
    settled: async () => draining,
  };
}

/** Takes the first request and those behind it that fit into the same commit. */
function takeGroup(queue: Request[], limit: number): Request[] {
  let events = 0;
  let count = 0;
  for (const request of queue) {
    if (count > 0 && events + request.events > limit) break;
    events += request.events;
    count += 1;
  }
  return queue.splice(0, count);
}

function commit(
  session: Session,
  group: readonly Request[],
  keeper: ConnectionKeeper,
  settings: Settings,
): { results: readonly (readonly AppendResult[])[]; written: number } {
  const { db, transaction } = session;
  db.exec('BEGIN IMMEDIATE');
  let results;
  try {
    transaction.begin(settings.clock());
    results = group.map(({ appends }) => appends.map((append) => transaction.append(append)));
  } catch (error) {
    session.rollback();
    throw error;
  }
  const { written } = transaction;
  if (written === 0) {
    db.exec('ROLLBACK');
    return { results, written };
  }
  session.announceCommit(written >= settings.bulkEvents);
  try {
    const end = (): void => db.exec('COMMIT');
    if (settings.faults.commit === undefined) end();
    else settings.faults.commit(end);
  } catch (error) {
    if (leftNothing(error)) {
      session.rollback();
      throw error;
    }
    keeper.doubt();
    throw outcomeUnknown(error, settings.directory);
  }
  return { results, written };
}
