import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REGISTRIES } from '#contracts/records';
import { blocksOf } from './read-document.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'contracts/**/*.md'], { cwd: PROJECT }).sort();

describe('links', () => {
  it.each(DOCUMENTS)('of %s lead to something', (path) => {
    const dead = linksOf(read(path)).filter((link) => !leads(path, link));
    expect(dead).toEqual([]);
  });
});

describe('the folder map of the README', () => {
  const map = blocksOf(read('README.md')).find(({ text }) => text.startsWith('apps/'))?.text ?? '';

  it.each(['apps', 'libs'])('names every folder of %s, and no other', (parent) => {
    const [, section = ''] = new RegExp(`^${parent}/.*\n((?: .*\n)*)`, 'm').exec(map) ?? [];
    const named = section.match(/[a-z-]+(?=\/)/g) ?? [];
    expect(named.sort()).toEqual(foldersIn(parent));
  });

  it('names every folder of the project', () => {
    const named = [...map.matchAll(/^([a-z]+)\//gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(foldersIn('.'));
  });
});

it('.env.example lists every setting of the environment, and no other', () => {
  const sources = globSync('{apps,libs}/**/*.ts', {
    cwd: PROJECT,
    exclude: (path) => path.endsWith('.spec.ts'),
  });
  const used = sources.flatMap((path) => read(path).match(/\bKHOP_[A-Z_]+[A-Z]\b/g) ?? []);
  const listed = new Set(read('.env.example').match(/\bKHOP_[A-Z_]+[A-Z]\b/g));
  expect([...new Set(used)].filter((name) => !listed.has(name))).toEqual([]);
  const urls = Object.keys(REGISTRIES).map((name) => `KHOP_${name.toUpperCase().replaceAll('-', '_')}_URL`);
  const elsewhere = globSync('{Dockerfile,docker-compose*.yml}', { cwd: PROJECT }).map(read).join();
  const isRead = (name: string): boolean => used.includes(name) || urls.includes(name) || elsewhere.includes(name);
  expect([...listed].filter((name) => !isRead(name))).toEqual([]);
});

const NOT_SOURCES = new Set(['node_modules', 'dist', 'coverage', 'data']);

function foldersIn(parent: string): readonly string[] {
  return readdirSync(join(PROJECT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_SOURCES.has(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Links to files and headings, without those to other sites. */
function linksOf(document: string): readonly string[] {
  const text = document.replaceAll(/^```[^]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => (/^[a-z]+:/.test(link) ? [] : [link]));
}

function leads(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(PROJECT, target))) return false;
  return heading === undefined || headingsOf(read(target)).includes(heading);
}

/** Headings as links name them. */
function headingsOf(document: string): readonly string[] {
  return [...document.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
