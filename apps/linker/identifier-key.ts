import type { Identifier } from '#libs/domain/matching';

/**
 * Identifiers as whole numbers, for an index that is small and exact: the namespace stands before at most 15 digits,
 * and the whole stays below 2^53: the last namespace has room for 12 digits only. Codes of another length have a namespace of their own, since leading zeros are lost.
 */
const NAMESPACE_SPAN = 1_000_000_000_000_000;

const NAMESPACES: { readonly [T in Identifier['type']]: { readonly [digits: number]: number } } = {
  FORMER_PERSONAL_ID: { 12: 0 },
  PERSONAL_ID: { 12: 1 },
  CMND9: { 9: 2 },
  TAX_CODE: { 10: 3, 12: 4, 13: 5 },
  ENTERPRISE_CODE: { 15: 6, 12: 7, 13: 8, 10: 9 },
};

const DIGITS = /^[0-9]+$/;

/** The index key of an identifier; undefined for one whose digits no namespace knows. */
export function identifierKey({ type, value }: Identifier): number | undefined {
  const digits = DIGITS.test(value) ? value : value.replaceAll(/[^0-9]/g, '');
  const namespace = NAMESPACES[type][digits.length];
  return namespace === undefined ? undefined : namespace * NAMESPACE_SPAN + Number(digits);
}

/**
 * The key under which those stand who mention an identifier: a personal ID is mentioned alike whether it turns out to be
 * somebody's present or former one.
 */
export function mentionKey(key: number): number {
  return key < NAMESPACE_SPAN ? key + NAMESPACE_SPAN : key;
}
