import type { Address } from '#contracts/records';
import type { Random } from './random.ts';

/** A ward under one code: `code` of the old or the new list, with the province as that list has it. */
export interface Ward {
  readonly code: string;
  readonly name: string;
  readonly province: string;
}

/** A ward since 1 July 2025 with those that went into it, wholly or in part. */
export interface NewWard extends Ward {
  readonly old: readonly Ward[];
}

/** The wards of one province. */
export interface Wards {
  /** Two-digit code of the province since 1 July 2025. */
  readonly province: string;
  /** Two-digit codes of the old provinces that it was made of. */
  readonly oldProvinces: readonly string[];
  readonly wards: readonly NewWard[];
  /** Old wards that went into several new ones. */
  readonly split: readonly { readonly old: Ward; readonly parts: readonly Ward[] }[];
  /** New wards that a code may mean: itself if it is in force, and what an old ward of that code went into. */
  meanings(code: string): ReadonlySet<string>;
}

/**
 * Reads the ward table (columns `old_ward_code, old_ward_name, old_district_name, old_province_code, new_ward_code,
 * new_ward_name, new_province_code`).
 *
 * @throws RangeError when the table has no ward of that province
 */
export function readWards(csv: string, province: string): Wards {
  const meanings = new Map<string, Set<string>>();
  const means = (code: string, ward: string): void => {
    const known = meanings.get(code);
    if (known === undefined) meanings.set(code, new Set([ward]));
    else known.add(ward);
  };
  const home = new Map<string, NewWard & { old: Ward[] }>();
  const oldProvinces = new Set<string>();
  for (const line of csv.split(/\r?\n/).slice(1)) {
    const [oldCode, oldName, , oldProvince, code, name, newProvince] = line.split(',');
    if (oldCode === undefined || oldName === undefined || oldProvince === undefined) continue;
    if (code === undefined || name === undefined || newProvince === undefined) continue;
    means(code, code);
    if (oldCode !== '') means(oldCode, code);
    if (newProvince !== province) continue;
    oldProvinces.add(oldProvince);
    const ward = home.get(code) ?? { code, name, province, old: [] };
    home.set(code, ward);
    if (oldCode !== '') ward.old.push({ code: oldCode, name: oldName, province: oldProvince });
  }
  if (home.size === 0) throw new RangeError(`The ward table has no ward of province ${province}`);
  const none: ReadonlySet<string> = new Set();
  const wards = [...home.values()];
  return {
    province,
    oldProvinces: [...oldProvinces],
    wards,
    split: splitWards(wards),
    meanings: (code) => meanings.get(code) ?? none,
  };
}

function splitWards(wards: readonly NewWard[]): { old: Ward; parts: Ward[] }[] {
  const parts = new Map<string, { old: Ward; parts: Ward[] }>();
  for (const ward of wards) {
    for (const old of ward.old) {
      const known = parts.get(old.code);
      if (known === undefined) parts.set(old.code, { old, parts: [ward] });
      else known.parts.push(ward);
    }
  }
  return [...parts.values()].filter((entry) => entry.parts.length > 1);
}

/** Whether the codes mean one place in some reading. */
export function mayBeSamePlace(wards: Wards, left: string, right: string): boolean {
  return left === right || !wards.meanings(left).isDisjointFrom(wards.meanings(right));
}

const STREETS = [
  'Hùng Vương',
  'Trần Phú',
  'Lê Lợi',
  'Quang Trung',
  'Nguyễn Du',
  'Hòa Bình',
  'Bà Triệu',
  'Hai Bà Trưng',
];

/** An invented address in a ward. */
export function drawAddress(random: Random, ward: Ward): Address {
  const detail = `Số ${1 + random.below(400)}, đường ${random.pick(STREETS)}`;
  return { detail, wardCode: ward.code, wardName: ward.name, provinceCode: ward.province };
}
