import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { acquireRoleLock, isRoleTaken, RoleTakenError } from './role.lock.ts';
import { useLogs } from './testing/logs.ts';

const PROGRAM = fileURLToPath(new URL('./testing/role.process.ts', import.meta.url));

describe('a role of a data directory', () => {
  const logs = useLogs();

  it('is held by one at a time', async () => {
    const directory = logs.newDirectory();
    const hub = await acquireRoleLock(directory, 'hub');

    expect([isRoleTaken(directory, 'hub'), isRoleTaken(directory, 'linker')]).toEqual([true, false]);
    await expect(acquireRoleLock(directory, 'hub')).rejects.toThrow(RoleTakenError);
    await expect(acquireRoleLock(directory, 'hub')).rejects.toMatchObject({ role: 'hub', holder: process.pid });
    hub.release();
    expect(isRoleTaken(directory, 'hub')).toBe(false);
    const next = await acquireRoleLock(directory, 'hub');
    next.release();
  });

  it('does not stand in the way of another role, or of another directory', async () => {
    const directory = logs.newDirectory();
    const locks = [
      await acquireRoleLock(directory, 'hub'),
      await acquireRoleLock(directory, 'importer'),
      await acquireRoleLock(logs.newDirectory(), 'hub'),
    ];

    for (const lock of locks) lock.release();
  });

  it('may be released twice', async () => {
    const lock = await acquireRoleLock(logs.newDirectory(), 'hub');
    lock.release();

    expect(() => lock.release()).not.toThrow();
  });

  it('is held across processes, and ends with a process that is killed', async () => {
    const directory = logs.newDirectory();
    const child = spawn(
      process.execPath,
      ['--conditions=source', '--disable-warning=ExperimentalWarning', PROGRAM, directory, 'hub'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => child.stdout.once('data', resolve));

    await expect(acquireRoleLock(directory, 'hub')).rejects.toMatchObject({ code: 'role-taken', holder: child.pid });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    (await acquireRoleLock(directory, 'hub')).release();
  });

  it('has a plain name', async () => {
    await expect(acquireRoleLock(logs.newDirectory(), '../hub')).rejects.toThrow(TypeError);
  });
});
