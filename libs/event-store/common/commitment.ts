import { hash } from 'node:crypto';

/** Binds an event to its personal part without telling it: whoever lacks the salt can't try values. */
export function commitmentOf(salt: string, personal: string): string {
  return hash('sha256', `${salt}\n${personal}`, 'base64url');
}
