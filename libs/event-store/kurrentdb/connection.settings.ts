import { readFileSync } from 'node:fs';
import { readSettings, SettingsError, text } from '#libs/platform';
import type { KurrentDbEventStoreOptions } from './settings.ts';
import { parseConnectionString } from './connection-string.ts';
import { LOG_NAME } from './settings.ts';

/** The environment's settings of the connection, for documentation and for reading them. */
export const KURRENTDB_CONNECTION_SETTINGS = {
  connectionString: {
    ...text('KHOP_KURRENTDB', 'KurrentDB server, kurrentdb://host:2113?tls=false; without it the log is in SQLite', ''),
    parse: parseConnectionString,
  },
  log: {
    ...text('KHOP_KURRENTDB_LOG', 'Name of the log on the server: several may be on one', 'khop'),
    parse: (value: string) =>
      LOG_NAME.test(value) ? { value } : { problem: 'must be 1 to 63 letters, digits and dashes' },
  },
  username: text('KHOP_KURRENTDB_USERNAME', 'User name for KurrentDB', ''),
  password: text('KHOP_KURRENTDB_PASSWORD', 'Password for KurrentDB; better in a file', ''),
  passwordFile: text('KHOP_KURRENTDB_PASSWORD_FILE', 'File with the password for KurrentDB', ''),
  tlsCa: text('KHOP_KURRENTDB_TLS_CA_FILE', 'PEM file of the authority that KurrentDB’s certificates come from', ''),
  tlsCert: text('KHOP_KURRENTDB_TLS_CERT_FILE', 'PEM file of the user certificate to show to KurrentDB', ''),
  tlsKey: text('KHOP_KURRENTDB_TLS_KEY_FILE', 'PEM file of that certificate’s key', ''),
};

/**
 * Reads where the log is from the environment; undefined when no KurrentDB is named. `connectionName`: what the server calls this
 * process in its logs. Throws `SettingsError` that names every problem at once.
 */
export function readKurrentDbOptions(
  environment: NodeJS.ProcessEnv,
  connectionName: string,
): KurrentDbEventStoreOptions | undefined {
  const settings = readSettings(KURRENTDB_CONNECTION_SETTINGS, environment);
  if (settings.connectionString === '') return undefined;
  const problems: string[] = [];
  const readable = (variable: string, path: string): string | undefined => {
    if (path === '') return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch {
      problems.push(`${variable} names a file that can't be read`);
      return undefined;
    }
  };
  readable('KHOP_KURRENTDB_TLS_CA_FILE', settings.tlsCa);
  readable('KHOP_KURRENTDB_TLS_CERT_FILE', settings.tlsCert);
  readable('KHOP_KURRENTDB_TLS_KEY_FILE', settings.tlsKey);
  const password = readable('KHOP_KURRENTDB_PASSWORD_FILE', settings.passwordFile)?.trim() ?? settings.password;
  if ((settings.tlsCert === '') !== (settings.tlsKey === '')) {
    problems.push('KHOP_KURRENTDB_TLS_CERT_FILE and KHOP_KURRENTDB_TLS_KEY_FILE go together');
  }
  if ((settings.username === '') !== (password === '')) {
    problems.push('KHOP_KURRENTDB_USERNAME and KHOP_KURRENTDB_PASSWORD_FILE go together');
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    connectionString: settings.connectionString,
    log: settings.log,
    connectionName,
    credentials: settings.username === '' ? undefined : { username: settings.username, password },
    tlsCaFile: given(settings.tlsCa),
    userCertFile: given(settings.tlsCert),
    userKeyFile: given(settings.tlsKey),
  };
}

function given(path: string): string | undefined {
  return path === '' ? undefined : path;
}
