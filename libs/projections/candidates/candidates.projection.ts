import { decodeRecordEvent, RECORD_CHANGES, recordEventType } from '#contracts/events';
import type { PersonRef } from '#contracts/records';
import { candidateKeysOf } from '#libs/domain/matching';
import { shortHash } from '#libs/platform';
import type { Fold, Projection, ViewDatabase } from '../engine/index.ts';
import { streamKey } from '../shared/index.ts';

/** The id of a resident is the position of its stream's first event. */
const TABLES = `
  CREATE TABLE residents (id INTEGER PRIMARY KEY, stream BLOB NOT NULL, version INTEGER NOT NULL, keys TEXT NOT NULL);
  CREATE TABLE keys (key INTEGER, resident INTEGER, PRIMARY KEY (key, resident)) WITHOUT ROWID;`;

const RESIDENT_EVENTS = RECORD_CHANGES.map((change) => recordEventType('residents', 'resident', change));

/** Under which keys residents are found when an identifier finds nobody. */
export const candidatesProjection: Projection = {
  name: 'candidates',
  version: 2,
  types: RESIDENT_EVENTS,
  personalOf: RESIDENT_EVENTS,
  tables: TABLES,
  references: ({ stream, streamVersion }) => (streamVersion === 0 ? [] : [{ stream, version: 0 }]),
  open,
};

function open(db: ViewDatabase): Fold {
  const find = db.prepare('SELECT keys FROM residents WHERE id = ?');
  const put = db.prepare('INSERT OR REPLACE INTO residents VALUES (?, ?, ?, ?)');
  const add = db.prepare('INSERT OR IGNORE INTO keys VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM keys WHERE key = ? AND resident = ?');

  const formerKeys = (id: number): readonly number[] =>
    String(find.get(id)?.['keys'] ?? '')
      .split(' ')
      .filter((key) => key !== '')
      .map(Number);

  return (events, loaded) => {
    for (const event of events) {
      const { stream, version, content, late, withdrawn } = decodeRecordEvent(event);
      if (late) continue;
      const id = version === 0 ? event.position : loaded({ stream, version: 0 })?.position;
      if (id === undefined) throw new RangeError('the first version of a resident is not in the log');
      const former = version === 0 ? [] : formerKeys(id);
      const keys = withdrawn || !('personalId' in content) ? [] : candidateNumbersOf(content);
      for (const key of former) if (!keys.includes(key)) remove.run(key, id);
      for (const key of keys) if (!former.includes(key)) add.run(key, id);
      put.run(id, streamKey(stream), version, keys.join(' '));
    }
  };
}

/** The candidate keys as numbers of 52 bits. Whoever shares one is looked at closely, so that a chance meeting does no harm. */
export function candidateNumbersOf(person: Pick<PersonRef, 'fullName' | 'dateOfBirth'>): readonly number[] {
  return candidateKeysOf(person).map(shortHash);
}
