import { decodeRecordEvent } from '#contracts/events';
import { RECORD_TYPES, type PersonRef } from '#contracts/records';
import type { VersionRef } from '#contracts/verdicts';
import { scoreCandidate, type Candidate } from '#libs/domain/matching';
import type { EventStoreReader } from '#libs/event-store/port';
import type { ViewReader } from '../engine/index.ts';
import { recordStreamOf } from '../shared/index.ts';
import { candidateNumbersOf } from './candidates.projection.ts';

/** A resident who may be the person that an identifier did not find. */
export interface FoundCandidate extends Candidate {
  readonly recordKey: string;
  readonly version: VersionRef;
}

const MOST = 5;
/** Whoever is less likely than this does not come into question. */
const LEAST_SCORE = 0.5;
/** Residents looked at for one key. */
const MOST_PER_KEY = 200;

/** At most five residents that come into question, best first; equal ones by their key. */
export async function findCandidates(
  view: ViewReader,
  store: EventStoreReader,
  person: PersonRef,
): Promise<readonly FoundCandidate[]> {
  const versions = view.read((snapshot) => {
    const found = new Map<number, VersionRef>();
    for (const key of candidateNumbersOf(person)) {
      for (const { id, stream, version } of snapshot.all(
        `SELECT id, stream, version FROM keys JOIN residents ON residents.id = keys.resident
          WHERE key = ? ORDER BY id LIMIT ${MOST_PER_KEY}`,
        key,
      )) {
        found.set(Number(id), {
          stream: recordStreamOf(RECORD_TYPES.indexOf('resident'), stream),
          version: Number(version),
        });
      }
    }
    return [...found.values()];
  });
  const events = await store.readVersions(versions);
  return events
    .flatMap((event) => {
      if (event === undefined) return [];
      const { key, content, stream, version } = decodeRecordEvent(event);
      return 'personalId' in content
        ? [{ recordKey: key, version: { stream, version }, ...scoreCandidate(person, content) }]
        : [];
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.recordKey < b.recordKey ? -1 : 1))
    .slice(0, MOST);
}
