import { provinceNameOf, wardNameOf } from '../../identity/index.ts';
import { ABBREVIATION, agrees, type Comparison } from './comparison.ts';
import { compareNames } from './names.ts';

/** Compares the names of two wards; the kind may be shortened or missing (`P. Ba Đình`), but not another one. */
export function compareWardNames(left: string | undefined, right: string | undefined): Comparison {
  const names = compareNames(left, right);
  if (left === undefined || right === undefined || agrees(names)) return names;
  const one = wardNameOf(left);
  const other = wardNameOf(right);
  const sameKind = one.kind === null || other.kind === null || one.kind === other.kind;
  return sameKind && one.bare === other.bare ? ABBREVIATION : names;
}

/** Compares the names of two provinces; the kind may be shortened or missing (`TP HCM`, `Tỉnh Lào Cai`). */
export function compareProvinceNames(left: string | undefined, right: string | undefined): Comparison {
  const names = compareNames(left, right);
  if (left === undefined || right === undefined || agrees(names)) return names;
  return provinceNameOf(left) === provinceNameOf(right) ? ABBREVIATION : names;
}
