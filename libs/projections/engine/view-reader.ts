import { statSync } from 'node:fs';
import type { Position } from '#libs/event-store/port';
import { DEAD_LETTERS_QUERY, toDeadLetter, type DeadLetter } from './dead-letters.ts';
import { ViewNotReadyError } from './failures.ts';
import type { Projection } from './projection.ts';
import { openViewConnection, type ViewConnection, type ViewSnapshot } from './view-connection.ts';
import { findLiveView, pointerPath, viewPath } from './view-files.ts';

/** Reads a view, beside the thread that keeps it up to date. Follows it when another file is swapped in. */
export interface ViewReader {
  /** Throws `ViewNotReadyError` (code `view-not-ready`) when there is no view of this version yet. */
  read<T>(query: (view: ViewSnapshot) => T): T;
  /** A moment to read from for longer, until it is closed: through a connection of its own. */
  snapshot(): ViewSnapshot & { close(): void };
  position(): Position;
  deadLetters(limit: number): readonly DeadLetter[];
  close(): void;
}

export interface ViewReaderOptions {
  readonly cacheMegabytes?: number;
  readonly mmapMegabytes?: number;
}

/** Opens a view for reading. Nothing is opened before the first read. */
export function openViewReader(
  directory: string,
  { name, version }: Projection,
  { cacheMegabytes = 32, mmapMegabytes = 256 }: ViewReaderOptions = {},
): ViewReader {
  let connection: ViewConnection | undefined;
  let pointer = '';
  let file = 0;

  function openLive(): ViewConnection {
    const live = findLiveView(directory, name);
    if (live?.version === version) {
      return openViewConnection(viewPath(directory, live.file), { cacheMegabytes, mmapMegabytes });
    }
    throw new ViewNotReadyError(`The view ${name} is not there yet in version ${version}.`);
  }

  function current(): ViewConnection {
    const seen = stampOf(pointerPath(directory, name));
    if (connection !== undefined && seen === pointer) return connection;
    close();
    connection = openLive();
    pointer = seen;
    file += 1;
    return connection;
  }

  function close(): void {
    connection?.close();
    connection = undefined;
  }

  function read<T>(query: (view: ViewSnapshot) => T): T {
    const open = current();
    const view = open.begin(file);
    try {
      return query(view);
    } finally {
      open.end();
    }
  }

  return {
    read,
    snapshot() {
      const own = openLive();
      return { ...own.begin(0), close: () => own.close() };
    },
    position: () => read(({ position }) => position),
    deadLetters: (limit) => read((view) => view.all(DEAD_LETTERS_QUERY, limit).map(toDeadLetter)),
    close,
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino}-${stat.mtimeMs}`;
}
