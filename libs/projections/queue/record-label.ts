import { UnreadableRecordEventError, decodeRecordEvent } from '#contracts/events';
import { forEachRecord, type RecordContent, type RecordType } from '#contracts/records';
import { foldedText } from '#libs/domain/identity';
import type { RecordedEvent } from '#libs/event-store/port';

/** How a record is shown in the queue, and the words that it is found by. Personal values. */
export interface RecordLabel {
  readonly key: string;
  readonly name: string;
  readonly words: string;
}

const NAMES_SEARCHED = 5;
const unreadable: RecordLabel = { key: '', name: '', words: '' };

/** The label of a version of a record; empty when it is not there, or its personal part is erased. */
export function labelOf(event: RecordedEvent | undefined): RecordLabel {
  if (event === undefined) return unreadable;
  try {
    const { record, key, content } = decodeRecordEvent(event);
    const [name = '', ...others] = namesOf(record, content);
    return { key, name, words: searchWords([key, name, ...others].join(' ')) };
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return unreadable;
    throw error;
  }
}

/** The words of a text as they are compared in a search: without diacritics, letters and digits only. */
export const searchWords = (text: string): string =>
  foldedText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Between the names of a couple. */
const BETWEEN = ' – ';

const PATHS = forEachRecord(({ names, otherNames = [] }) => ({
  names: names.map(split),
  others: otherNames.map(split),
}));

/** The name that a record is shown by, and those that it is found by too. */
function namesOf(record: RecordType, content: RecordContent): readonly string[] {
  const { names, others } = PATHS[record];
  return [
    names.flatMap((path) => textsAt(content, path)).join(BETWEEN),
    ...others.flatMap((path) => textsAt(content, path)).slice(0, NAMES_SEARCHED),
  ];
}

function split(path: string): readonly string[] {
  return path.split('.');
}

/** The texts at a path: of a list, those of each element. */
function textsAt(value: unknown, [name, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((element) => textsAt(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return typeof value === 'string' ? [value] : [];
  return isObject(value) ? textsAt(value[name], rest) : [];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
