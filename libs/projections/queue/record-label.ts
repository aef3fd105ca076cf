import { UnreadableRecordEventError, decodeRecordEvent } from '#contracts/events';
import type { RecordContent } from '#contracts/records';
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
    const { key, content } = decodeRecordEvent(event);
    const [name = '', ...others] = namesOf(content);
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

function namesOf(content: RecordContent): readonly string[] {
  if ('personalId' in content) return [content.fullName];
  if ('husband' in content) {
    const couple = [content.husband.fullName, content.wife.fullName].filter((name) => name !== undefined);
    return [couple.join(' – ')];
  }
  if ('child' in content) return [content.child.fullName ?? ''];
  if ('deceased' in content) return [content.deceased.fullName ?? ''];
  if ('representatives' in content) {
    const people = content.representatives.map(({ fullName }) => fullName).filter((name) => name !== undefined);
    return [content.name, ...people.slice(0, NAMES_SEARCHED)];
  }
  return [content.name, content.representative?.fullName ?? ''];
}
