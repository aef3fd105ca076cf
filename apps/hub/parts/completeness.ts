import { findJudged, LINKER_EVENT_TYPES } from '#apps/linker';
import type { EventStoreReader, LogPoint, Position } from '#libs/event-store/port';
import { openViewReader, ViewNotReadyError, type Projection } from '#libs/projections';
import { RulesBook } from '#libs/rules';
import { allProjections } from '#libs/viewing';
import type { DataDirectory } from '../data-directory.ts';

/**
 * Whether everything in the log has been judged, by the rules in force, and can be seen in every view: then nothing has to
 * follow the log before the views are read.
 */
export async function isComplete(directory: DataDirectory, store: EventStoreReader): Promise<boolean> {
  const head = await store.head();
  if (!allProjections().every((projection) => positionOf(directory, projection) === head)) return false;
  const judged = findJudged(directory.linkerFile);
  if (judged === undefined || !(await fits(store, judged)) || (await isMoreDue(store, judged.position))) return false;
  const book = await RulesBook.open(store);
  return book.findByHash(book.active()?.hash ?? '') !== undefined;
}

function positionOf({ views }: DataDirectory, projection: Projection): Position | undefined {
  const reader = openViewReader(views, projection);
  try {
    return reader.position();
  } catch (error) {
    if (error instanceof ViewNotReadyError) return undefined;
    throw error;
  } finally {
    reader.close();
  }
}

async function fits(store: EventStoreReader, { logId, position, hash }: LogPoint): Promise<boolean> {
  const point = await store.pointAt(position);
  return point?.logId === logId && point.hash === hash;
}

async function isMoreDue(store: EventStoreReader, after: Position): Promise<boolean> {
  for (let position = after; ;) {
    const page = await store.readAll({ after: position, filter: { types: LINKER_EVENT_TYPES }, limit: 1 });
    if (page.events.length > 0) return true;
    if (page.end) return false;
    position = page.position;
  }
}
