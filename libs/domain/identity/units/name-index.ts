import type { ProvinceMerge } from '#contracts/rules/data';
import { provinceNameOf, wardNameOf } from './place-names.ts';
import type { WardRow } from './ward-table.ts';

/** Where a ward is to be looked for. The code goes before the name. */
export interface ProvinceHint {
  readonly code?: string;
  readonly name?: string;
}

/** Finds units by name. */
export interface NameIndex {
  newWards(wardName: string, province?: ProvinceHint): readonly string[];
  newProvinces(name: string): readonly string[];
}

interface Named {
  readonly kind: string | null;
  /** Province before July 2025; null for a new ward. */
  readonly oldProvince: string | null;
  readonly newProvince: string;
  readonly newWard: string;
}

/** The old and new provinces that a hint may mean. */
interface Readings {
  readonly old: ReadonlySet<string>;
  readonly now: ReadonlySet<string>;
  /** Today's provinces of both readings. */
  readonly either: ReadonlySet<string>;
}

export function createNameIndex(rows: readonly WardRow[], merges: readonly ProvinceMerge[]): NameIndex {
  const wards = indexWards(rows);
  const readings = { byCode: new Map<string, Readings>(), byName: new Map<string, Readings>() };
  for (const merge of merges) {
    for (const [code, name] of Object.entries(merge.from)) {
      addReading(readings.byCode, code, merge.code, code);
      addReading(readings.byName, provinceNameOf(name), merge.code, code);
    }
    addReading(readings.byCode, merge.code, merge.code, null);
    addReading(readings.byName, provinceNameOf(merge.name), merge.code, null);
  }
  return {
    newWards(wardName, province) {
      const { kind, bare } = wardNameOf(wardName);
      const within = province === undefined ? undefined : readingsOf(province);
      const found = (wards.get(bare) ?? []).filter(
        (named) => (kind === null || named.kind === kind) && (within === undefined || liesIn(named, within)),
      );
      return [...new Set(found.map((named) => named.newWard))];
    },
    newProvinces: (name) => [...(readings.byName.get(provinceNameOf(name))?.either ?? [])],
  };

  function readingsOf({ code, name }: ProvinceHint): Readings | undefined {
    const byCode = code === undefined ? undefined : readings.byCode.get(code.padStart(2, '0'));
    return byCode ?? (name === undefined ? undefined : readings.byName.get(provinceNameOf(name)));
  }
}

/** An old ward lies where it lay or where it lies now; a new ward may be written with the province of before. */
function liesIn(named: Named, within: Readings): boolean {
  if (named.oldProvince === null) return within.either.has(named.newProvince);
  return within.old.has(named.oldProvince) || within.now.has(named.newProvince);
}

/** New wards stand before old ones under each name. */
function indexWards(rows: readonly WardRow[]): Map<string, Named[]> {
  const index = new Map<string, Named[]>();
  const seen = new Set<string>();
  const add = (name: string, ward: Omit<Named, 'kind'>): void => {
    const { kind, bare } = wardNameOf(name);
    const known = index.get(bare);
    const named = { kind, ...ward };
    if (known === undefined) index.set(bare, [named]);
    else known.push(named);
  };
  for (const { newWard, newWardName, newProvince } of rows) {
    if (seen.has(newWard)) continue;
    seen.add(newWard);
    add(newWardName, { newWard, newProvince, oldProvince: null });
  }
  for (const { oldWard, oldWardName, oldProvince, newWard, newProvince } of rows) {
    if (oldWard !== '') add(oldWardName, { newWard, newProvince, oldProvince });
  }
  return index;
}

function addReading(index: Map<string, Readings>, key: string, now: string, old: string | null): void {
  const known = index.get(key);
  index.set(key, {
    old: new Set([...(known?.old ?? []), ...(old === null ? [] : [old])]),
    now: new Set([...(known?.now ?? []), ...(old === null ? [now] : [])]),
    either: new Set([...(known?.either ?? []), now]),
  });
}
