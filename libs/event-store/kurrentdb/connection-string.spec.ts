import { describe, expect, it } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { clientConnectionString, parseConnectionString } from './connection-string.ts';
import { settingsOf } from './settings.ts';

describe('a connection string', () => {
  it.each([
    'kurrentdb://localhost',
    'kurrentdb://localhost:2113?tls=false',
    'kurrentdb://localhost:2113/?tls=false',
    'kurrentdb+discover://admin:change%3Ait@cluster.invalid:2113?tlsVerifyCert=false&nodePreference=leader',
    'kdb://a:1,b:2,c?tls=true',
  ])('may be %j', (text) => {
    expect(parseConnectionString(` ${text} `)).toEqual({ value: text });
  });

  it.each([
    '',
    'localhost:2113',
    'http://localhost:2113',
    'kurrentdb://',
    'kurrentdb://secret@localhost',
    'kurrentdb://user:se:cret@localhost',
    'kurrentdb://localhost:port',
    'kurrentdb://localhost?secret',
    'kurrentdb://localhost?secret=1',
    'kurrentdb://localhost#secret',
    'kurrentdb://localhost?defaultDeadline=5',
  ])('may not be %j, and what is wrong repeats nothing of it', (text) => {
    const parsed = parseConnectionString(text);

    expect(parsed).toEqual({ problem: expect.stringMatching(/^(must|has) /u) });
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  it('is completed by the settings, with every sign of a password', () => {
    const settings = settingsOf({
      connectionString: 'kurrentdb://old:one@localhost:2113?tls=true',
      credentials: { username: 'a@b', password: 'p:/?&#%' },
      tlsCaFile: '/run/secrets/ca file.crt',
      connectionName: 'khop desk',
    });

    const text = clientConnectionString(settings, 10_000);

    expect(text).toBe(
      'kurrentdb://a%40b:p%3A%2F%3F%26%23%25@localhost:2113?tls=true&tlsCaFile=%2Frun%2Fsecrets%2Fca%20file.crt&connectionName=khop%20desk&nodePreference=leader&defaultDeadline=10000',
    );
  });

  it('is one that the client takes as it is meant', () => {
    const text = clientConnectionString(
      settingsOf({ connectionString: 'kurrentdb://localhost:2113/?TLS=false', connectionName: 'khop desk' }),
      5_000,
    );

    expect(KurrentDBClient.connectionString(text).connectionName).toBe('khop desk');
  });

  it('keeps what it says itself', () => {
    const text = clientConnectionString(
      settingsOf({ connectionString: 'kurrentdb://h?node-preference=follower', connectionName: 'n' }),
      5,
    );

    expect(text).toBe('kurrentdb://h?node-preference=follower&connectionName=n&defaultDeadline=5');
  });

  it('with half of a user certificate is none', () => {
    expect(() =>
      clientConnectionString(settingsOf({ connectionString: 'kurrentdb://h', userCertFile: 'a' }), 1),
    ).toThrow(TypeError);
  });
});
