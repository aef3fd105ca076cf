import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '#libs/platform';
import { readKurrentDbOptions } from './connection.settings.ts';

describe('the settings of a KurrentDB connection', () => {
  it('are none where no server is named', () => {
    expect(readKurrentDbOptions({}, 'khop-linker')).toBeUndefined();
  });

  it('are the server, the log and a user', () => {
    const environment = {
      KHOP_KURRENTDB: 'kurrentdb://localhost:2113?tls=true',
      KHOP_KURRENTDB_LOG: 'province-1',
      KHOP_KURRENTDB_USERNAME: 'hub',
      KHOP_KURRENTDB_PASSWORD: 'p:w',
    };

    expect(readKurrentDbOptions(environment, 'khop-linker')).toEqual({
      connectionString: 'kurrentdb://localhost:2113?tls=true',
      log: 'province-1',
      connectionName: 'khop-linker',
      credentials: { username: 'hub', password: 'p:w' },
    });
  });

  it('that are wrong are all named at once, without a password', () => {
    const read = (environment: NodeJS.ProcessEnv) => () =>
      readKurrentDbOptions({ KHOP_KURRENTDB: 'kurrentdb://h', ...environment }, 'x');

    expect(read({ KHOP_KURRENTDB: 'kurrentdb://a:secret@', KHOP_KURRENTDB_LOG: 'a b' })).toThrow(
      /KHOP_KURRENTDB must[^\0]*KHOP_KURRENTDB_LOG must/u,
    );
    expect(read({ KHOP_KURRENTDB: 'kurrentdb://a:secret@' })).not.toThrow('secret');
    expect(
      read({
        KHOP_KURRENTDB_USERNAME: 'a',
        KHOP_KURRENTDB_TLS_CERT_FILE: '/none',
        KHOP_KURRENTDB_PASSWORD_FILE: '/none',
      }),
    ).toThrow(SettingsError);
  });
});
