import type { RecordType } from '#contracts/records';
import { definitionOf } from '../definitions/index.ts';
import { ownCodeOf } from './read-value.ts';

/** Ways to read a register's key; more slashes than these a book and a number do not have. */
const MOST_SPLITS = 8;

/**
 * The keys that someone may mean who types one, as the hub may have them, the likeliest first: as it was typed; a code without
 * spaces, dots and dashes, with the zeros that it lost; a register's `ward/book/number/date` without spaces around the slashes, with
 * `%2F` inside a part, in either letter case. Personal values.
 */
export function writtenForms(record: RecordType, typed: string): readonly string[] {
  const key = typed.normalize('NFC').trim();
  const definition = definitionOf(record);
  const [field] = definition.keyFields;
  const code = field === undefined ? undefined : ownCodeOf(definition, field, key);
  const forms = [key, ...(code === undefined ? [] : [code]), ...registerForms(key)];
  return [...new Set(forms.flatMap((form) => [form, form.toUpperCase().replaceAll('%2f', '%2F')]))];
}

/** A register's key has three slashes; where book or number hold more, each way to read them. */
function registerForms(key: string): readonly string[] {
  const parts = key.split('/').map((part) => part.trim());
  const [ward, ...rest] = parts;
  const date = rest.pop();
  if (ward === undefined || date === undefined || rest.length < 2) return [];
  const place = /^[0-9]{1,4}$/.test(ward) ? ward.padStart(5, '0') : ward;
  return rest.slice(1, MOST_SPLITS + 1).map((_, at) => {
    const split = at + 1;
    return [place, rest.slice(0, split).join('%2F'), rest.slice(split).join('%2F'), date].join('/');
  });
}
