import type { ViewDatabase } from '../engine/index.ts';
import type { Day } from '../shared/index.ts';
import { PENDING, stageOf, timeAt, type Item } from './item.ts';
import { dayOfTime } from '../shared/index.ts';
import type { Flow } from './transitions.ts';

/** The counts of the queue: by cell, and of what happened on each day. Gathered in memory, written at a batch's end. */
export interface Tally {
  /** Takes an item out of its cell before it changes, or puts it in after. */
  count(item: Item, by: 1 | -1, position: number): void;
  flow(item: Item, flow: Flow, day: Day): void;
  flush(): void;
}

interface Change {
  readonly grp: number;
  readonly ward: number;
  readonly stage: number;
  readonly day: Day;
  by: number;
  position: number;
}

export function openTally(db: ViewDatabase): Tally {
  const cells = new Map<string, Change>();
  const flows = new Map<string, { readonly values: readonly [Day, number, number, Flow]; by: number }>();
  const addToCell = db.prepare(`INSERT INTO cells (grp, ward, stage, day, items, changed) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET items = items + excluded.items, changed = excluded.changed`);
  const addToFlow = db.prepare(`INSERT INTO flows VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET items = items + excluded.items`);

  return {
    count(item, by, position) {
      const stage = stageOf(item);
      if (stage === PENDING || item.holder !== null || item.ended) return;
      const { grp, ward } = item;
      const day = dayOfTime(timeAt(item));
      const key = `${grp} ${ward} ${stage} ${day}`;
      const change = cells.get(key);
      if (change === undefined) cells.set(key, { grp, ward, stage, day, by, position });
      else {
        change.by += by;
        change.position = position;
      }
    },
    flow({ grp, ward }, flow, day) {
      const key = `${day} ${grp} ${ward} ${flow}`;
      const change = flows.get(key);
      if (change === undefined) flows.set(key, { values: [day, grp, ward, flow], by: 1 });
      else change.by += 1;
    },
    flush() {
      for (const { grp, ward, stage, day, by, position } of cells.values()) {
        addToCell.run(grp, ward, stage, day, by, position);
      }
      for (const { values, by } of flows.values()) addToFlow.run(...values, by);
      cells.clear();
      flows.clear();
    },
  };
}
