/**
 * The text of a header. Headers are bytes: names with diacritics come URI-encoded, or as plain UTF-8, which Node gives as
 * Latin-1. Undefined when it is absent or empty.
 */
export function headerText(value: string | readonly string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = uriDecoded(utf8Of(value)).normalize('NFC').trim();
  return text === '' ? undefined : text;
}

function utf8Of(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

function uriDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
