import { CHECKS, type Check, type Code, type Finding } from '#contracts/verdicts';
import type { Registry, RecordType } from '#contracts/records';
import type { ViewSnapshot } from '../engine/index.ts';
import { parseCodes, parseFindings, recordTypeAt, registryAt } from '../shared/index.ts';

/** What the items of a group have in common. */
export interface Group {
  readonly check: Check;
  readonly record: RecordType;
  readonly registry: Registry;
  readonly codes: readonly Code[];
}

/** Counts of the queue in memory, as the view has them: fetched once, then only what has changed. */
export interface CellCache {
  readonly size: number;
  readonly groups: readonly (Group | undefined)[];
  /** Findings by kind. */
  readonly kinds: readonly (readonly Finding[] | undefined)[];
  /** Ward codes by number. */
  readonly wards: readonly (string | null | undefined)[];
  readonly grp: Int32Array;
  readonly ward: Int32Array;
  readonly stage: Int8Array;
  readonly day: Int32Array;
  readonly items: Int32Array;
}

interface Cache extends CellCache {
  size: number;
  groups: (Group | undefined)[];
  kinds: (readonly Finding[] | undefined)[];
  wards: (string | null | undefined)[];
  grp: Int32Array;
  ward: Int32Array;
  stage: Int8Array;
  day: Int32Array;
  items: Int32Array;
}

const FIRST_CAPACITY = 4_096;

export function openCellCache(): { refresh(view: ViewSnapshot): CellCache } {
  let generation: string | undefined;
  let position = -1;
  let cache = emptyCache();

  return {
    refresh(view) {
      if (generation !== view.generation) {
        generation = view.generation;
        position = -1;
        cache = emptyCache();
      }
      if (position === view.position) return cache;
      addNames(cache, view);
      addCells(cache, view, position);
      position = view.position;
      return cache;
    },
  };
}

function emptyCache(): Cache {
  return {
    size: 0,
    groups: [],
    kinds: [],
    wards: [],
    ...arraysOf(FIRST_CAPACITY),
  };
}

const arraysOf = (capacity: number) => ({
  grp: new Int32Array(capacity),
  ward: new Int32Array(capacity),
  stage: new Int8Array(capacity),
  day: new Int32Array(capacity),
  items: new Int32Array(capacity),
});

const checkNames: ReadonlyMap<unknown, Check> = new Map(CHECKS.map((check) => [check, check]));

/** Numbers are given in order: what is new comes after what is known. */
function addNames({ groups, kinds, wards }: Cache, view: ViewSnapshot): void {
  for (const [id, name, type, codes] of view.rows('SELECT * FROM groups WHERE id >= ?', groups.length)) {
    const check = checkNames.get(name);
    if (check === undefined) throw new Error('the queue holds a check that is not known');
    groups[Number(id)] = {
      check,
      record: recordTypeAt(Number(type)),
      registry: registryAt(Number(type)),
      codes: parseCodes(codes),
    };
  }
  for (const [id, findings] of view.rows('SELECT id, findings FROM kinds WHERE id >= ?', kinds.length)) {
    kinds[Number(id)] = parseFindings(findings);
  }
  for (const [id, code] of view.rows('SELECT * FROM wards WHERE id >= ?', wards.length)) {
    wards[Number(id)] = code === null ? null : String(code);
  }
}

function addCells(cache: Cache, view: ViewSnapshot, after: number): void {
  const rows = view.rows('SELECT id, grp, ward, stage, day, items FROM cells WHERE changed > ?', after);
  for (const [id, grp, ward, stage, day, items] of rows) {
    const at = Number(id);
    if (at >= cache.grp.length) grow(cache, at);
    cache.size = Math.max(cache.size, at + 1);
    cache.grp[at] = Number(grp);
    cache.ward[at] = Number(ward);
    cache.stage[at] = Number(stage);
    cache.day[at] = Number(day);
    cache.items[at] = Number(items);
  }
}

function grow(cache: Cache, index: number): void {
  const { grp, ward, stage, day, items } = cache;
  const arrays = arraysOf(Math.max(index + 1, grp.length * 2));
  arrays.grp.set(grp);
  arrays.ward.set(ward);
  arrays.stage.set(stage);
  arrays.day.set(day);
  arrays.items.set(items);
  Object.assign(cache, arrays);
}
