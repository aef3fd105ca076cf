import type { Register } from '#contracts/records';
import type { Block } from '../block.ts';
import type { Ward } from '../wards.ts';

/** Writes acts into the books of one kind: numbers run through the block, books are those of its part of the ward. */
export function createRegister(block: Block): (registeredOn: string, ward: Ward) => Register {
  let number = 0;
  return (registeredOn, ward) => {
    number += 1;
    const book = `${String(block.wardPart).padStart(2, '0')}/${registeredOn.slice(0, 4)}`;
    return { wardCode: ward.code, book, number: String(number), registeredOn };
  };
}

/** Key of an act's record: the four parts of its register entry, a slash inside a part written `%2F`. */
export function registerKey(register: Register): string {
  const { wardCode, book, number, registeredOn } = register;
  return [wardCode, book, number, registeredOn].map((part) => part.replaceAll('/', '%2F')).join('/');
}

/** Some days later in the same month, or the date itself where the month is over. */
export function daysLater(date: string, days: number): string {
  const day = Number(date.slice(8)) + days;
  return day > 28 ? date : `${date.slice(0, 8)}${day < 10 ? '0' : ''}${day}`;
}
