import { upcast, withFormerTypes } from '#contracts/events';
import type {
  EventStore,
  EventStoreReader,
  Page,
  ReadAllOptions,
  RecordedEvent,
  SubscriptionItem,
} from '../port/index.ts';

/** A store as it is, whose events are read in the newest version of their types. What is appended is of that version already. */
export function upcasting(store: EventStore): EventStore;
export function upcasting(store: EventStoreReader): EventStoreReader;
export function upcasting(store: EventStore | EventStoreReader): EventStore | EventStoreReader {
  const reader: EventStoreReader = {
    readStream: async (stream, options) => (await store.readStream(stream, options)).map(upcastRecorded),
    readVersions: async (refs) => (await store.readVersions(refs)).map((event) => event && upcastRecorded(event)),
    readAll: async (options) => upcastPage(await store.readAll(asking(options))),
    subscribe: (options) => upcastItems(store.subscribe(asking(options))),
    head: () => store.head(),
    pointAt: (position) => store.pointAt(position),
  };
  if (!('append' in store)) return reader;
  return { ...reader, append: (appends) => store.append(appends), close: () => store.close() };
}

const upcastRecorded = (event: RecordedEvent): RecordedEvent => upcast(event);

const upcastPage = (page: Page): Page => ({ ...page, events: page.events.map(upcastRecorded) });

async function* upcastItems(items: AsyncIterable<SubscriptionItem>): AsyncGenerator<SubscriptionItem, void, undefined> {
  for await (const item of items) yield item.kind === 'events' ? { kind: 'events', page: upcastPage(item.page) } : item;
}

/** Whoever names a type asks for its former versions too. */
function asking<O extends ReadAllOptions>(options: O | undefined): O | undefined {
  if (options === undefined) return undefined;
  const { filter, personalOf } = options;
  return {
    ...options,
    ...(filter?.types && { filter: { ...filter, types: withFormerTypes(filter.types) } }),
    ...(personalOf && { personalOf: withFormerTypes(personalOf) }),
  };
}
