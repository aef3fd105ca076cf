import { hash } from 'node:crypto';

/** Binds an event to its personal part without telling it: whoever lacks the salt can't try values. Bytes are those of UTF-8. */
export function commitmentOf(salt: string, personal: string | Uint8Array): string {
  return hash('sha256', typeof personal === 'string' ? `${salt}\n${personal}` : joined(salt, personal), 'base64url');
}

let scratch = Buffer.allocUnsafeSlow(65_536);

/** The bytes of salt, line break and personal part, good until the next call: hashing them is cheap, allocating is not. */
function joined(salt: string, personal: Uint8Array): Uint8Array {
  const length = salt.length + 1 + personal.length;
  if (length > scratch.length) scratch = Buffer.allocUnsafeSlow(2 * length);
  scratch.write(`${salt}\n`, 0, 'latin1');
  scratch.set(personal, salt.length + 1);
  return scratch.subarray(0, length);
}
