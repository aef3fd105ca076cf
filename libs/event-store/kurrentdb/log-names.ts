import type { EventFilter } from '../port/index.ts';

/** How a log's streams are called on the server, where several logs and other programs may have theirs. */
export interface LogNames {
  /** The stream's name on the server. */
  serverName(stream: string): string;
  /** The name in the log of a stream on the server; undefined when it is not of this log. */
  findStream(serverName: string): string | undefined;
  /** The stream that holds the log's id, written once. It is none of the log's own. */
  readonly identity: string;
  /** Lets all of the log's events through, and nothing else. */
  readonly everything: ServerFilter;
  /** Lets what a filter asks for through, and maybe more: `matches` decides. */
  filterFor(filter: EventFilter): ServerFilter;
  matches(filter: EventFilter, stream: string, type: string): boolean;
}

/** A filter that the server applies. */
export interface ServerFilter {
  readonly filterOn: 'streamName' | 'eventType';
  readonly checkpointInterval: number;
  readonly regex: string;
}

export function logNames(log: string): LogNames {
  const prefix = `${log}:`;

  return {
    serverName: (stream) => prefix + stream,
    findStream: (serverName) => (serverName.startsWith(prefix) ? serverName.slice(prefix.length) : undefined),
    identity: `${log}!log`,
    everything: onStreams([prefix]),
    filterFor({ types, streamPrefixes = [''] }) {
      // Types tell more apart than streams: a server's filter can only have one of the two.
      if (types !== undefined) return serverFilter('eventType', `^(?:${types.map(quoted).join('|')})$`);
      return onStreams(streamPrefixes.map((given) => prefix + given));
    },
    matches: ({ types, streamPrefixes }, stream, type) =>
      (types?.includes(type) ?? true) && (streamPrefixes?.some((given) => stream.startsWith(given)) ?? true),
  };
}

/**
 * A regular expression, not the server's own prefixes: those it compares by the rules of its machine's language, for which a letter
 * and the same letter with an accent behind it are not the beginning of each other.
 */
function onStreams(prefixes: readonly string[]): ServerFilter {
  return serverFilter('streamName', `^(?:${prefixes.map(quoted).join('|')})`);
}

function serverFilter(filterOn: ServerFilter['filterOn'], regex: string): ServerFilter {
  return { filterOn, checkpointInterval: 1, regex };
}

/** Each unit of text but plain letters and digits by its number, as .NET reads it. */
function quoted(text: string): string {
  return text.replace(/[^a-zA-Z0-9]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
