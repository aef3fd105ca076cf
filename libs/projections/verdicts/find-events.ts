import type { VersionPlace } from '#libs/event-store/port';
import type { ViewSnapshot } from '../engine/index.ts';
import { streamKey } from '../shared/index.ts';

/** Where the current verdict of each of these reconciliations stands in the log; undefined where there is none. */
export function findVerdictEvents(
  view: ViewSnapshot,
  streams: readonly string[],
): readonly (VersionPlace | undefined)[] {
  return streams.map((stream) => {
    const [row] = view.all('SELECT stream_version, position FROM verdicts WHERE stream = ?', streamKey(stream));
    return row && { stream, version: Number(row['stream_version']), position: Number(row['position']) };
  });
}
