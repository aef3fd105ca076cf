import { EventEmitter, once } from 'node:events';
import type { EventStoreReader } from '#libs/event-store/port';
import { isRoleTaken } from '#libs/event-store/sqlite';
import { commandSettings, type PartSettings } from '../hub.settings.ts';
import type { DataDirectory } from '../data-directory.ts';
import { startThread, type Thread } from '#libs/threads';
import { startViewingThread } from '#libs/viewing';
import type { ViewStatus } from '#libs/projections';
import type { LinkingStatus } from './linking.ts';

/** What the thread that links and judges is given. */
export interface LinkingInput {
  readonly directory: string;
  readonly settings: Pick<PartSettings, 'linker' | 'bus' | 'log'>;
}

/** Everything that follows the log: linking and judging in one thread, the views in another. */
export interface Engine {
  readonly linking: Thread;
  readonly viewing: Thread;
  /** Throws `EngineFailedError` when a part has failed. */
  status(): LinkingStatus;
  /** Resolves when everything that is in the log now has been judged and can be seen in the views. */
  caughtUp(onPosition?: (position: number, head: number) => void): Promise<void>;
  /** Rejects when a part can't go on. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/** A part that follows the log has failed. */
export class EngineFailedError extends Error {
  override readonly name = 'EngineFailedError';
  readonly code = 'engine-failed';
}

/** Positions that the views have not reached by then are asked for again. */
const VIEW_WAIT_MILLISECONDS = 10_000;

/** The linker and the reconcilers of this data directory are services of their own: nothing can be asked of them here. */
class LinkingElsewhereError extends Error {
  override readonly name = 'LinkingElsewhereError';
  readonly code = 'linking-elsewhere';
}

const LINKING_ELSEWHERE: Thread = {
  ask: () =>
    Promise.reject(
      new LinkingElsewhereError('A linker runs on this data directory as a service: ask the desk that belongs to it.'),
    ),
  finished: new Promise(() => undefined),
  close: () => Promise.resolve(),
};

/** Whether linking and judging are done by services of their own at the moment. */
export const isLinkedElsewhere = ({ log }: DataDirectory): boolean => isRoleTaken(log, 'linker');

/**
 * Starts the parts that follow the log of a data directory. Where linking is done elsewhere, only the views are kept here, and the engine
 * has caught up when they show what is in the log. Settings that are not given are those of a command.
 */
export async function startEngine(
  directory: DataDirectory,
  store: EventStoreReader,
  {
    linkedElsewhere = false,
    settings = commandSettings(process.env),
  }: { readonly linkedElsewhere?: boolean; readonly settings?: PartSettings } = {},
): Promise<Engine> {
  const changes = new EventEmitter();
  let status: LinkingStatus = linkedElsewhere
    ? { position: Infinity, caughtUp: true }
    : { position: 0, caughtUp: false };
  const { linker, bus, log, views } = settings;
  const input: LinkingInput = { directory: directory.path, settings: { linker, bus, log } };
  const linking = linkedElsewhere
    ? LINKING_ELSEWHERE
    : await startThread<LinkingStatus>(new URL('../threads/linking.thread.js', import.meta.url), input, (next) => {
        status = next;
        changes.emit('status');
      });
  const viewing = await startViewingThread({
    log: directory.log,
    views: directory.views,
    settings: { log, views },
  }).catch(async (error: unknown) => {
    await linking.close();
    throw error;
  });
  const finished = Promise.all([linking.finished, viewing.finished]).then(() => undefined);
  let failed = false;
  finished.catch(() => {
    failed = true;
    changes.emit('status');
  });

  const linkedUpTo = async (position: number, onPosition?: (position: number) => void): Promise<void> => {
    while (!failed && (status.position < position || !status.caughtUp)) {
      await once(changes, 'status');
      onPosition?.(Math.min(status.position, position));
    }
    if (failed) await finished;
  };

  return {
    linking,
    viewing,
    status() {
      if (failed)
        throw new EngineFailedError('A part that follows the log has failed: the hub has to be started again.');
      return status;
    },
    finished,
    async caughtUp(onPosition) {
      const head = await store.head();
      await linkedUpTo(head, (position) => onPosition?.(position, head));
      // The verdicts of what was linked stand behind it in the log.
      const position = await store.head();
      while (!(await viewing.ask('caught-up-to', { position, timeoutMilliseconds: VIEW_WAIT_MILLISECONDS }))) {
        const troubled = ((await viewing.ask('status')) as readonly ViewStatus[]).find(
          ({ problem }) => problem !== undefined,
        );
        if (troubled?.problem !== undefined) {
          throw new EngineFailedError(
            `The view ${troubled.name} can't be kept up to date: ${troubled.problem.message}`,
          );
        }
      }
    },
    async close() {
      await Promise.all([linking.close(), viewing.close()]);
    },
  };
}
