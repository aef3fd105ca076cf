import { isIP } from 'node:net';

/** Whoever reaches the address may act under any name: that has to be wanted. */
export class RemoteNotAllowedError extends Error {
  override readonly name = 'RemoteNotAllowedError';
  readonly code = 'remote-not-allowed';
}

/** Throws `RemoteNotAllowedError` for another address than loopback, where that was not asked for in so many words. */
export function assertMayListen(host: string, allowRemote: boolean): void {
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (loopback || allowRemote) return;
  throw new RemoteNotAllowedError(
    `The desk would listen on ${host}, where anyone who reaches it may act under any name: there is no sign-in yet. If that is wanted, set KHOP_ALLOW_REMOTE=true.`,
  );
}
