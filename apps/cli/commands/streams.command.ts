import type { Command } from 'commander';
import { openLog } from '#apps/hub/reading';
import type { EventFilter, EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import { stopSignal } from '#libs/console';
import { existingDirectory } from '../data.ts';
import { dataDirOption, jsonOption, wholeNumber } from '../options.ts';
import { print } from '../output.ts';

interface Options {
  readonly dataDir: string;
  readonly stream?: string;
  readonly after: number;
  readonly type?: string[];
  readonly limit: number;
  readonly follow: boolean;
  readonly json: boolean;
}

/** Options and action of `khop streams`. */
export function defineStreams(command: Command): void {
  command
    .option('--stream <name>', 'only this stream, or all whose names begin so when it ends with *')
    .option('--after <position>', 'only events behind this position', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--type <type...>', 'only events of these types')
    .option('--limit <n>', 'at most so many events', wholeNumber(1, 1_000_000), 100)
    .option('--follow', 'stay and show what comes', false)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(streams);
}

async function streams(options: Options): Promise<void> {
  const directory = existingDirectory(options.dataDir);
  const store = await openLog(directory, { readOnly: true });
  const stop = stopSignal();
  try {
    let shown = 0;
    for await (const event of eventsOf(store, options, stop)) {
      print(options.json ? JSON.stringify(withoutPersonal(event)) : describe(event));
      shown += 1;
      if (shown >= options.limit && !options.follow) return;
    }
  } finally {
    await store.close();
  }
}

async function* eventsOf(
  store: EventStoreReader,
  { stream, after, type, follow }: Options,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  const filter: EventFilter = {
    ...(type === undefined ? {} : { types: type }),
    ...(stream === undefined ? {} : { streamPrefixes: [stream.replace(/\*$/, '')] }),
  };
  const exact = stream === undefined || stream.endsWith('*') ? undefined : stream;
  for await (const item of store.subscribe({ after, filter, signal })) {
    if (item.kind === 'caught-up') {
      if (!follow) return;
      continue;
    }
    for (const event of item.page.events) if (exact === undefined || event.stream === exact) yield event;
  }
}

function withoutPersonal({ personal, ...event }: RecordedEvent): object {
  return personal === undefined
    ? event
    : { ...event, personal: Object.fromEntries(Object.keys(personal).map((field) => [field, '•••'])) };
}

function describe({ position, recordedAt, type, stream, streamVersion, actor, data }: RecordedEvent): string {
  const who = actor === undefined ? '' : ` by ${actor}`;
  return `${String(position).padStart(9)}  ${recordedAt}  ${type}  ${stream}@${streamVersion}${who}  ${JSON.stringify(data)}`;
}
