import type { WorkItem } from '#contracts/work';
import type { KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import { Affected } from './affected.ts';
import { affectedRecords } from './due-later.ts';
import type { LinkerIndex } from './linker-index.ts';
import type { LinkerSettings } from './linker.ts';
import { workItemsOf } from './work-items.ts';

export interface AllWorkDeps {
  /** Opened for reading; it may be written meanwhile. */
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly rulesHash: string;
  readonly settings: LinkerSettings;
}

/** Some work, and how far that is. */
export interface WorkSlice {
  readonly items: readonly WorkItem[];
  /** Records that have been looked at. */
  readonly records: number;
}

const NO_CAUSE = { eventId: '', correlationId: '' };
/** No intake has begun after this: absence is judged, too. */
const AFTER_EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Everything that an activation of rules would hand out, slice by slice, without writing anything: to see what they would say. */
export async function* allWork(deps: AllWorkDeps): AsyncGenerator<WorkSlice, void, undefined> {
  const { index, settings } = deps;
  for (let after = 0; ;) {
    const ids = index.recordsAfter(after, settings.sliceRecords);
    const last = ids.at(-1);
    if (last === undefined) return;
    const affected = new Affected();
    await affectedRecords(deps, ids, last, NO_CAUSE, affected);
    yield { items: await workItemsOf({ ...deps, clock: () => AFTER_EVERYTHING }, affected), records: ids.length };
    index.forget();
    // What was looked up for one slice is of no use for the next, and may have changed.
    index.forget();
    after = last;
  }
}
