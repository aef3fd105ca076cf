import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '#apps/cli/commands';
import { stepsOf, untriedBlocksOf } from './read-document.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const ALL = globSync(['*.md', 'docs/**/*.md'], { cwd: PROJECT }).sort();
const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

describe.each(ALL)('%s', (path) => {
  it('has no block that nobody tries: it is run, written, edited, or says as text that it only shows something', () => {
    expect(untriedBlocksOf(join(PROJECT, path)).map(({ line, language }) => `${line}: ${language}`)).toEqual([]);
  });

  it('is among the documents whose steps are taken, if it has any', () => {
    const isTaken = read('tests/docs/commands.spec.ts').includes(`{ path: '${path}'`);
    expect(stepsOf(join(PROJECT, path)).length > 0).toBe(isTaken);
  });

  it('names commands and scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const code = [...read(path).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
    const named = (pattern: RegExp): string[] => code.flatMap((text) => pattern.exec(text)?.[1] ?? []);
    const names = COMMANDS.map(({ name }) => name);
    expect(named(/^(?:npx )?khop ([a-z][a-z-]*)/).filter((name) => !names.includes(name))).toEqual([]);
    expect(named(/^npm run ([a-z]+)/).filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('the README lists every command', () => {
  const readme = read('README.md');
  expect(COMMANDS.map(({ name }) => name).filter((name) => !readme.includes(`\`khop ${name}`))).toEqual([]);
});
