import type {
  AllStreamResolvedEvent,
  AppendStreamRequest,
  MultiAppendResult,
  ReadAllOptions,
  ReadStreamOptions,
  ResolvedEvent,
  SubscribeToAllOptions,
} from '@kurrent/kurrentdb-client';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';

/** A live subscription, as far as it is used. */
export interface KurrentSubscription {
  on(event: 'data' | 'error' | 'end' | 'close' | 'confirmation', listener: () => void): unknown;
  unsubscribe(): Promise<void>;
}

/** What of the server's client is used. */
export interface KurrentClient {
  readStream(stream: string, options: ReadStreamOptions): AsyncIterable<ResolvedEvent>;
  readAll(options: ReadAllOptions): AsyncIterable<AllStreamResolvedEvent>;
  multiStreamAppend(requests: AppendStreamRequest[]): Promise<MultiAppendResult>;
  subscribeToAll(options: SubscribeToAllOptions): KurrentSubscription;
  dispose(): Promise<void>;
}

export function connectClient(connectionString: string): KurrentClient {
  return KurrentDBClient.connectionString(connectionString);
}
