import { traceparentIn } from '#libs/telemetry';
import type { Row } from '../intake/index.ts';
import { SourceProtocolError, type ChangePage } from '../source/index.ts';

/**
 * The rows of a page, in its order. Throws `SourceProtocolError` for a page that would let changes be lost or the feed be
 * followed in a circle: of another record type, with cursors that don't go up, or with more to come and no way to get it.
 */
export function rowsOf(page: ChangePage, record: string, since: string | undefined): readonly Row[] {
  let before = since ?? '';
  const rows = page.changes.map((change, index): Row => {
    if (change.record !== record) throw new SourceProtocolError(`A change of ${record} says it is of another type`);
    if (change.cursor <= before) throw new SourceProtocolError(`The cursors of ${record} don't go up`);
    before = change.cursor;
    const row = { line: index + 1, raw: change.content, cursor: change.cursor };
    return change.traceparent === undefined ? row : { ...row, traceparent: traceparentIn(change.traceparent) };
  });
  if ((page.next ?? '') < before) throw new SourceProtocolError(`A page of ${record} goes on before its own end`);
  if (page.more && (page.next ?? '') === (since ?? '')) {
    throw new SourceProtocolError(`A page of ${record} has more to come and no next cursor`);
  }
  return rows;
}
