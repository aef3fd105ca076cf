import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cached } from './cache.ts';

describe('what tests build for themselves', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'khop-cache-'));
  });
  afterEach(async () => rm(root, { recursive: true }));

  const build = (built: string[]) => async (directory: string) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(join(directory, 'part'), '');
    built.push(directory);
  };

  it('is built once for two who want it at once, and is there the next time', async () => {
    const built: string[] = [];
    const both = await Promise.all([cached('a-1', build(built), root), cached('a-1', build(built), root)]);
    expect(new Set(both)).toEqual(new Set([join(root, 'a-1')]));
    expect(await cached('a-1', build(built), root)).toBe(join(root, 'a-1'));
    expect(built).toHaveLength(1);
    expect(await readdir(root)).toEqual(['a-1']);
  });

  it('is not taken for built when the building failed', async () => {
    const fail = () => Promise.reject(new Error('no network'));
    await expect(cached('a-1', fail, root)).rejects.toThrow('no network');
    const built: string[] = [];
    await cached('a-1', build(built), root);
    expect(built).toHaveLength(1);
  });

  it('is not waited for when whoever built it was killed', async () => {
    await mkdir(join(root, 'a-1.lock'));
    await writeFile(join(root, 'a-1.lock', 'pid'), '999999999');
    await mkdir(join(root, 'a-1.partial'));
    const built: string[] = [];
    await cached('a-1', build(built), root);
    expect(built).toHaveLength(1);
  });
});
