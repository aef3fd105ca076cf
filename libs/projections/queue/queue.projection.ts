import { VERDICT_EVENT_TYPES, WORK_EVENTS } from '#contracts/events';
import type { RecordedEvent } from '#libs/event-store/port';
import type { Fold, Loaded, Projection, ViewDatabase } from '../engine/index.ts';
import { dayOf, recordKeyOf, streamKey, verdictOf } from '../shared/index.ts';
import { openItemStore } from './item-store.ts';
import type { Item } from './item.ts';
import { openDictionary } from './queue.dictionary.ts';
import { QUEUE_TABLES } from './queue.tables.ts';
import { labelOf } from './record-label.ts';
import { openTally } from './tally.ts';
import { TRANSITIONS } from './transitions.ts';

/** The queue of mismatches, and what was done about them. */
export const queueProjection: Projection = {
  name: 'queue',
  version: 2,
  types: [...VERDICT_EVENT_TYPES, ...WORK_EVENTS.map(({ type }) => type)],
  tables: QUEUE_TABLES,
  references: (event) => (isMismatch(event) ? [verdictOf(event).left] : []),
  // Of what matches from the beginning the queue says nothing.
  traced: (event) => isMismatch(event) || event.streamVersion > 0,
  open,
};

const verdictTypes: ReadonlySet<string> = new Set(VERDICT_EVENT_TYPES);
const isMismatch = ({ type, data }: RecordedEvent): boolean =>
  verdictTypes.has(type) && data['outcome'] === 'MISMATCHED';

function open(db: ViewDatabase): Fold {
  const dictionary = openDictionary(db);
  const store = openItemStore(db);
  const tally = openTally(db);
  /** Items that the batch has touched, by stream; undefined for a stream that is no item. */
  const touched = new Map<string, Item | undefined>();

  function itemOf({ stream, streamVersion }: RecordedEvent): Item | undefined {
    // The first event of a stream has nothing before it: that spares most look-ups.
    if (streamVersion === 0) return undefined;
    if (touched.has(stream)) return touched.get(stream);
    const item = store.find(streamKey(stream));
    touched.set(stream, item);
    return item;
  }

  function mismatched(event: RecordedEvent, former: Item | undefined, loaded: Loaded): void {
    const verdict = verdictOf(event);
    const left = recordKeyOf(verdict.left.stream);
    const right = verdict.right === null ? null : recordKeyOf(verdict.right.stream);
    const label = labelOf(loaded(verdict.left));
    const grp = dictionary.group(verdict, left.type);
    const item: Item = {
      ...(former ?? newItem(event)),
      grp,
      kind: dictionary.kind(grp, verdict),
      ward: dictionary.ward(verdict.ward),
      matched: false,
      verdictId: event.id,
      leftKey: left.key,
      leftVersion: verdict.left.version,
      rightType: right === null ? null : right.type,
      rightKey: right === null ? null : right.key,
      rightVersion: verdict.right === null ? null : verdict.right.version,
      recordKey: label.key,
      name: label.name,
      words: label.words,
    };
    touched.set(event.stream, item);
    if (former !== undefined) tally.count(former, -1, event.position);
    tally.count(item, 1, event.position);
    seen(item, event);
  }

  function happened(event: RecordedEvent, item: Item): void {
    tally.count(item, -1, event.position);
    const transition = TRANSITIONS.get(event.type);
    if (transition === undefined) {
      item.verdictId = event.id;
      item.matched = event.data['outcome'] === 'MATCHED';
    } else {
      const flow = transition(item, event);
      if (flow !== undefined) tally.flow(item, flow, dayOf(event.occurredAt));
    }
    tally.count(item, 1, event.position);
    seen(item, event);
    if (!item.ended) return;
    store.remove(item);
    touched.set(event.stream, undefined);
  }

  function flush(): void {
    for (const item of touched.values()) if (item !== undefined) store.save(item);
    touched.clear();
    tally.flush();
  }

  return (events, loaded) => {
    for (const event of events) {
      const item = itemOf(event);
      if (isMismatch(event)) mismatched(event, item, loaded);
      else if (item !== undefined) happened(event, item);
    }
    flush();
  };
}

function seen(item: Item, { streamVersion, position }: RecordedEvent): void {
  item.streamVersion = streamVersion;
  item.position = position;
}

type Judged =
  | 'grp'
  | 'kind'
  | 'ward'
  | 'matched'
  | 'verdictId'
  | 'leftKey'
  | 'leftVersion'
  | 'rightType'
  | 'rightKey'
  | 'rightVersion'
  | 'recordKey'
  | 'name'
  | 'words';

/** An item without what its verdict says. */
function newItem({ position, stream, streamVersion }: RecordedEvent): Omit<Item, Judged> {
  return {
    id: position,
    stream: streamKey(stream),
    openedAt: null,
    closedAt: null,
    decision: null,
    cleared: false,
    holder: null,
    leaseUntil: null,
    corrections: [],
    streamVersion,
    position,
    stored: false,
    ended: false,
  };
}
