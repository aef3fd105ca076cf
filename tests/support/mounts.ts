import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly path: string;
  resize(kilobytes: number): void;
  /** From now on nothing can be written to it. */
  makeReadOnly(): void;
  makeWritable(): void;
  unmount(): void;
}

export function mountSmallDisk(path: string, kilobytes: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  const mount = (...args: readonly string[]): void => {
    execFileSync('mount', [...args, path], { stdio: 'ignore' });
  };
  mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs');
  return {
    path,
    resize: (size) => mount('-o', `remount,size=${size}k`),
    makeReadOnly: () => mount('-o', 'remount,ro'),
    makeWritable: () => mount('-o', 'remount,rw'),
    unmount: () => execFileSync('umount', ['-l', path], { stdio: 'ignore' }),
  };
}

/** Why no disk can be mounted here; undefined when one can. */
export function whyNoMounts(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'khop-mount-'));
  try {
    mountSmallDisk(path, 64).unmount();
    return undefined;
  } catch {
    return 'a disk that is full or read-only is not tried: this user may not mount one here';
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
