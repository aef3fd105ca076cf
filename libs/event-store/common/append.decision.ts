import type { AppendRefused, ExpectedState } from '../port/index.ts';

export type AppendDecision =
  | { readonly kind: 'write' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'repeated'; readonly version: number }
  | { readonly kind: 'refused'; readonly refusal: AppendRefused };

/** What a stream holds: its last version (−1: no stream) and the event ids of a range of versions, in order. */
export interface StreamContent {
  readonly version: number;
  idsBetween(first: number, last: number): readonly string[];
}

const WRITE: AppendDecision = { kind: 'write' };

/**
 * What an append does to a stream, by its expected state and its event ids; the table stands at `EventStore.append`.
 * `lookback`: how many of the stream's last events are searched for the ids.
 */
export function decideAppend(
  expected: ExpectedState,
  ids: readonly string[],
  stream: StreamContent,
  lookback: number,
): AppendDecision {
  const twice = firstRepeated(ids);
  if (twice !== undefined) return reused(twice);
  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && stream.version < 0) return wrongState(stream);
    return decideAnywhere(ids, stream, lookback);
  }
  return decideAt(expected === 'no-stream' ? -1 : expected, ids, stream, lookback);
}

function decideAnywhere(ids: readonly string[], stream: StreamContent, lookback: number): AppendDecision {
  const [firstId] = ids;
  if (firstId === undefined) return { kind: 'nothing' };
  const { first, recent } = recentIds(stream, lookback);
  const start = recent.indexOf(firstId);
  if (start >= 0 && ids.every((id, offset) => recent[start + offset] === id)) {
    return { kind: 'repeated', version: first + start + ids.length - 1 };
  }
  const known = firstKnown(ids, recent);
  return known === undefined ? WRITE : reused(known);
}

function decideAt(version: number, ids: readonly string[], stream: StreamContent, lookback: number): AppendDecision {
  if (version > stream.version) return wrongState(stream);
  if (version === stream.version) {
    if (ids.length === 0) return { kind: 'nothing' };
    const known = firstKnown(ids, recentIds(stream, lookback).recent);
    return known === undefined ? WRITE : reused(known);
  }
  if (ids.length === 0) return wrongState(stream);
  const there = stream.idsBetween(version + 1, version + ids.length);
  const same = ids.filter((id, index) => there[index] === id);
  if (same.length === ids.length) return { kind: 'repeated', version: version + ids.length };
  return same[0] === undefined ? wrongState(stream) : reused(same[0]);
}

function recentIds(stream: StreamContent, lookback: number): { first: number; recent: readonly string[] } {
  const first = Math.max(0, stream.version - lookback + 1);
  return { first, recent: stream.version < 0 ? [] : stream.idsBetween(first, stream.version) };
}

function firstKnown(ids: readonly string[], recent: readonly string[]): string | undefined {
  if (recent.length === 0) return undefined;
  const known = new Set(recent);
  return ids.find((id) => known.has(id));
}

function firstRepeated(ids: readonly string[]): string | undefined {
  if (ids.length < 2) return undefined;
  const seen = new Set<string>();
  return ids.find((id) => seen.size === seen.add(id).size);
}

function wrongState(stream: StreamContent): AppendDecision {
  const actual = stream.version < 0 ? null : stream.version;
  return { kind: 'refused', refusal: { ok: false, code: 'wrong-expected-state', actual } };
}

function reused(eventId: string): AppendDecision {
  return { kind: 'refused', refusal: { ok: false, code: 'event-id-reused', eventId } };
}
