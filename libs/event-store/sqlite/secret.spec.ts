import { describe, expect, it } from '@jest/globals';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { LogDamagedError } from '../port/index.ts';
import { secretFile } from './files.ts';
import { loadOrCreateSecret } from './secret.ts';
import { useLogs } from './testing/logs.ts';

describe('the secret key of a data directory', () => {
  const logs = useLogs();

  it('is made once, 32 bytes, for its owner only', () => {
    const directory = logs.newDirectory();
    const secret = loadOrCreateSecret(directory);

    expect(secret).toHaveLength(32);
    expect(loadOrCreateSecret(directory)).toEqual(secret);
    expect(statSync(secretFile(directory)).mode & 0o777).toBe(0o600);
  });

  it('differs between directories', () => {
    expect(loadOrCreateSecret(logs.newDirectory())).not.toEqual(loadOrCreateSecret(logs.newDirectory()));
  });

  it('is there as soon as there is a log, and is not made anew beside one', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).close();
    expect(loadOrCreateSecret(directory)).toHaveLength(32);

    rmSync(secretFile(directory));

    expect(() => loadOrCreateSecret(directory)).toThrow(LogDamagedError);
  });

  it('that was cut short is not used', () => {
    const directory = logs.newDirectory();
    writeFileSync(secretFile(directory), 'short');

    expect(() => loadOrCreateSecret(directory)).toThrow(LogDamagedError);
  });
});
