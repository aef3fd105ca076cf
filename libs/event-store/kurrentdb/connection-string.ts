import type { Settings } from './settings.ts';

const SCHEMES = ['kurrentdb', 'kurrentdb+discover', 'kurrent', 'kurrent+discover', 'kdb', 'kdb+discover'];
const SHAPE = /^([a-z+]+):\/\/(?:([^@/]*)@)?([^@/?#\s]+)\/?(?:\?([^?#\s]*))?$/u;

/** What the client understands. It prints the whole string, password and all, when it meets another key. */
const KEYS = [
  'tls',
  'tlsVerifyCert',
  'tlsCaFile',
  'userCertFile',
  'userKeyFile',
  'connectionName',
  'nodePreference',
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
].map((key) => key.toLowerCase());

/**
 * A connection string as `KHOP_KURRENTDB` has it, or what is wrong with it: a sentence that repeats nothing of it, since it may hold
 * a password. `kurrentdb://USER:PASSWORD@host:2113?tls=true`; several hosts are separated by commas; `+discover` asks the name
 * server for the cluster's nodes.
 */
export function parseConnectionString(text: string): { readonly value: string } | { readonly problem: string } {
  const [, scheme = '', user, hosts = '', query = ''] = SHAPE.exec(text.trim()) ?? [];
  if (!SCHEMES.includes(scheme))
    return { problem: 'must start with kurrentdb:// or kurrentdb+discover:// and name a host' };
  if (user !== undefined && !/^[^:]+:[^:]+$/u.test(user)) {
    return { problem: 'must name a user as USER:PASSWORD, with other signs percent-encoded' };
  }
  if (!hosts.split(',').every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/iu.test(host))) {
    return { problem: 'must name hosts as host:port, separated by commas' };
  }
  const pairs = query === '' ? [] : query.split('&');
  if (!pairs.every((pair) => /^[^=]+=[^=]+$/u.test(pair))) return { problem: 'must have parameters as name=value' };
  const unknown = pairs.map((pair) => pair.split('=')[0] ?? '').find((key) => !KEYS.includes(flat(key)));
  if (unknown !== undefined) return { problem: `has an unknown parameter; there are ${KEYS.join(', ')}` };
  return { value: text.trim() };
}

/**
 * What the client is given: the connection string with all that the settings add, and how long a call may take. Throws
 * `TypeError` when it is none.
 */
export function clientConnectionString(settings: Settings, deadlineMilliseconds: number): string {
  const parsed = parseConnectionString(settings.connectionString);
  if ('problem' in parsed) throw new TypeError(`The connection string ${parsed.problem}.`);
  if ((settings.userCertFile === undefined) !== (settings.userKeyFile === undefined)) {
    throw new TypeError('A user certificate has a certificate file and a key file.');
  }
  const [, scheme = '', user, hosts = '', query = ''] = SHAPE.exec(parsed.value) ?? [];
  const given = query === '' ? [] : query.split('&');
  const added = Object.entries({
    tlsCaFile: settings.tlsCaFile,
    userCertFile: settings.userCertFile,
    userKeyFile: settings.userKeyFile,
    connectionName: settings.connectionName,
    // Decisions rest on what was read: only the leader has it all.
    nodePreference: 'leader',
    defaultDeadline: String(deadlineMilliseconds),
  }).flatMap(([key, value]) =>
    value === undefined || given.some((pair) => flat(pair.split('=')[0] ?? '') === key.toLowerCase())
      ? []
      : [`${key}=${encodeURIComponent(value)}`],
  );
  return `${scheme}://${userPart(user, settings)}${hosts}?${[...given, ...added].join('&')}`;
}

function userPart(user: string | undefined, { credentials }: Settings): string {
  if (credentials === undefined) return user === undefined ? '' : `${user}@`;
  return `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;
}

/** The client takes a key for the same with other letter cases, `-` and `_`. */
function flat(key: string): string {
  return key.toLowerCase().replace(/[_-]/gu, '');
}
