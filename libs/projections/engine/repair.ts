import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import type { DeadLetter, DeadLetterBox } from './dead-letters.ts';
import type { Loaded } from './projection.ts';
import { loadReferences } from './references.ts';
import type { SetAside } from './set-aside.ts';
import type { WritableView } from './writable-view.ts';

/** What came of folding a stream's dead letters again. */
export interface RepairOutcome {
  readonly folded: number;
  /** Why the next one still can't be folded, where one can't. */
  readonly reason?: string;
}

interface Letter {
  readonly event: RecordedEvent;
  readonly loaded: Loaded;
}

/** Folds the failed event of a stream again, then those behind it, until one fails. */
export async function retryStream(
  store: EventStoreReader,
  view: WritableView,
  stream: string,
  clock: () => number,
): Promise<RepairOutcome> {
  let folded = 0;
  for (;;) {
    const letters = await load(
      store,
      view,
      view.repair((box) => openLetters(box, stream)),
    );
    const outcome = view.repair((box, tryFold) => foldInOrder(box, tryFold, stream, letters, clock));
    folded += outcome.folded;
    // Whatever came in while the events were being loaded waits as well.
    if (outcome.reason !== undefined || outcome.left === 0) {
      return { folded, ...(outcome.reason !== undefined && { reason: outcome.reason }) };
    }
  }
}

/**
 * Leaves an event out, says why, and folds what waits behind it. `journal` is told before anything changes, so that the decision outlives
 * the file. Throws `RangeError` when it is no dead letter.
 */
export async function setAsideEvent(
  store: EventStoreReader,
  view: WritableView,
  { stream, streamVersion }: { readonly stream: string; readonly streamVersion: number },
  reason: string,
  { clock, journal }: { readonly clock: () => number; readonly journal: (decision: SetAside) => Promise<void> },
): Promise<RepairOutcome> {
  const failed = (box: DeadLetterBox): DeadLetter => {
    const letter = box.of(stream).find((one) => one.streamVersion === streamVersion && one.state === 'failed');
    if (letter === undefined) throw new RangeError('There is no such dead letter.');
    return letter;
  };
  view.repair(failed);
  await journal({ view: view.projection.name, stream, streamVersion, reason });
  view.repair((box) => box.setAside(failed(box), reason));
  return retryStream(store, view, stream, clock);
}

const openLetters = (box: DeadLetterBox, stream: string): readonly DeadLetter[] =>
  box.of(stream).filter(({ state }) => state !== 'set-aside');

async function load(
  store: EventStoreReader,
  { projection }: WritableView,
  letters: readonly DeadLetter[],
): Promise<ReadonlyMap<number, Letter>> {
  const refs = letters.map(({ stream, streamVersion }) => ({ stream, version: streamVersion }));
  const events = (await store.readVersions(refs)).filter((event) => event !== undefined);
  const loaded = await loadReferences(store, projection, events);
  return new Map(events.map((event) => [event.streamVersion, { event, loaded }]));
}

function foldInOrder(
  box: DeadLetterBox,
  tryFold: (event: RecordedEvent, loaded: Loaded) => string | undefined,
  stream: string,
  loaded: ReadonlyMap<number, Letter>,
  clock: () => number,
): RepairOutcome & { readonly left: number } {
  let folded = 0;
  for (const letter of openLetters(box, stream)) {
    const found = loaded.get(letter.streamVersion);
    if (found === undefined) break;
    const reason = tryFold(found.event, found.loaded);
    if (reason !== undefined) {
      box.fail(found.event, reason, clock());
      return { folded, reason, left: 1 };
    }
    box.remove(letter);
    folded += 1;
  }
  box.refresh();
  return { folded, left: openLetters(box, stream).length };
}
