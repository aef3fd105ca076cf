import { PROVINCES_2025 } from '#contracts/rules/data';
import { createNameIndex, type ProvinceHint } from './name-index.ts';
import { createSuccessions } from './successions.ts';
import { contentMarker, readWardTable, type WardRow } from './ward-table.ts';

/**
 * The wards and provinces before and since 1 July 2025. Ward codes have five digits, province codes two, both of the General
 * Statistics Office; lost leading zeros are given back, as the length is fixed. Some old codes were used again for another
 * unit: both readings are tried.
 */
export interface AdministrativeUnits {
  /** Such as `wards-2025-1a2b3c4d`: the table and a marker of its content. */
  readonly version: string;
  /** All new wards that a code may stand for: as a new code itself, as an old one its successors; [] when unknown. */
  newWardsOf(wardCode: string): readonly string[];
  /**
   * Whether two codes may name the same place: the same code, or an old ward and one that it went into. A ward that was split
   * matches any of its parts; two old wards that went into one new ward are two places.
   */
  sameWard(left: string, right: string): boolean;
  /** As `sameWard`, for provinces. */
  sameProvince(left: string, right: string): boolean;
  /** The one new ward that a code stands for; null when unknown or split. */
  currentWard(wardCode: string): string | null;
  /** The new province of an old or new ward; null when unknown. */
  provinceOfWard(wardCode: string): string | null;
  /** All new provinces that an old or new province code may stand for; [] when unknown. */
  newProvincesOf(provinceCode: string): readonly string[];
  /** With its kind, such as `Phường Ba Đình`; null for a code that no new ward has. */
  wardName(newWardCode: string): string | null;
  /** With its kind, such as `Tỉnh Lào Cai`; null for a code that no new province has. */
  provinceName(newProvinceCode: string): string | null;
  /**
   * The new wards that a name may stand for: those called so, then the successors of old wards called so. The kind (`Phường`,
   * `P.`, …) may be missing; one that is there has to fit. Only those of the province, where that is given and known.
   */
  newWardsByName(wardName: string, province?: ProvinceHint): readonly string[];
  /** The new provinces that an old or new name may stand for, with or without `Tỉnh`, `Thành phố`, `TP.`; [] when unknown. */
  newProvincesByName(name: string): readonly string[];
}

/**
 * Builds the tables from the CSV text of `wards-2025.csv` (some 20 ms; names are indexed when first asked for).
 * @throws {Error} with code `WARDS_MALFORMED` when the text is no such table.
 */
export function createAdministrativeUnits(wardsCsv: string): AdministrativeUnits {
  const rows = readWardTable(wardsCsv);
  const wards = createSuccessions(
    rows,
    (row) => row.oldWard,
    (row) => row.newWard,
    5,
  );
  const provinces = createSuccessions(
    rows,
    (row) => row.oldProvince,
    (row) => row.newProvince,
    2,
  );
  const wardOf = new Map<string, WardRow>();
  for (const row of rows) wardOf.set(row.newWard, row);
  const provinceNames = new Map(
    PROVINCES_2025.map(({ code, name, city }) => [code, `${city ? 'Thành phố' : 'Tỉnh'} ${name}`]),
  );
  let names: ReturnType<typeof createNameIndex> | undefined;
  const nameIndex = () => (names ??= createNameIndex(rows, PROVINCES_2025));

  return {
    version: `wards-2025-${contentMarker(wardsCsv)}`,
    newWardsOf: (code) => wards.newUnitsOf(code),
    sameWard: (left, right) => wards.same(left, right),
    sameProvince: (left, right) => provinces.same(left, right),
    newProvincesOf: (code) => provinces.newUnitsOf(code),
    currentWard(wardCode) {
      const [first, second] = wards.newUnitsOf(wardCode);
      return first === undefined || second !== undefined ? null : first;
    },
    provinceOfWard(wardCode) {
      const [first] = wards.newUnitsOf(wardCode);
      return first === undefined ? null : (wardOf.get(first)?.newProvince ?? null);
    },
    wardName: (newWardCode) => wardOf.get(newWardCode)?.newWardName ?? null,
    provinceName: (newProvinceCode) => provinceNames.get(newProvinceCode) ?? null,
    newWardsByName: (wardName, province) => nameIndex().newWards(wardName, province),
    newProvincesByName: (name) => nameIndex().newProvinces(name),
  };
}
