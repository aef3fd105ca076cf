import { isIP } from 'node:net';

/** Whether a `Host` header is one that the desk is to be reached under. */
export type KnownHost = (host: string | undefined) => boolean;

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name === '::1' || name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'));

/**
 * A desk on loopback is reached under names of loopback only: otherwise a page from elsewhere could have its own name lead
 * there, and read what it finds. A desk on another address has other names, which stand with whoever published them.
 */
export function knownHost(listeningOn: string): KnownHost {
  if (!isLoopback(listeningOn)) return () => true;
  return (host) => host !== undefined && isLoopback(host.replace(/:[0-9]{1,5}$/, '').toLowerCase());
}
