import type { QuarantineReason } from '#contracts/events';
import { reason } from './reasons.ts';
import { shapeOf } from './shape.ts';

/**
 * The texts of a content that no text file can hold: with a NUL, or with half of a surrogate pair. They are refused rather
 * than stored, because whatever reads them later cuts or replaces them silently. The content is of bounded depth.
 */
export function unreadableTexts(content: unknown, path = ''): QuarantineReason[] {
  if (typeof content === 'string') {
    return content.includes('\0') || !content.isWellFormed() ? [reason(path, 'unreadable-text', shapeOf(content))] : [];
  }
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) =>
    unreadableTexts(value, path === '' ? name : `${path}.${name}`),
  );
}
