import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname } from 'node:path';
import { BENCHES, type BenchName } from './options.ts';

/** A measured number beside what is asked of it. */
export interface Measured {
  readonly what: string;
  readonly measured: string;
  readonly floor: string;
  /** What the same machine could do at most, measured in the same run. */
  readonly wall?: string;
}

/** What one bench has found out. */
export interface Section {
  readonly title: string;
  readonly method: string;
  readonly rows: readonly Measured[];
  /** What the time was spent on, one line each. */
  readonly details: readonly string[];
}

const HEAD = `# Benchmarks

Written by \`npm run bench\`; each section says when and where. The floors are those of the project's plan; the goal is twice
that. Every number comes from the built program in a process of its own; walls are measured in the same run.
`;

/** Puts the section into the document, in place of its former one. */
export function writeSection(file: string, name: BenchName, section: Section): void {
  const sections = existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : new Map<string, string>();
  sections.set(name, textOf(section));
  const texts = BENCHES.flatMap((bench) => {
    const text = sections.get(bench);
    return text === undefined ? [] : [`<!-- bench:${bench} -->\n\n${text.trim()}\n`];
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, [HEAD, ...texts].join('\n'));
}

function sectionsOf(text: string): Map<string, string> {
  const [, ...parts] = text.split(/<!-- bench:(?=[a-z-]+ -->)/);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf(' -->');
      return [part.slice(0, end), part.slice(end + ' -->'.length)];
    }),
  );
}

function textOf({ title, method, rows, details }: Section): string {
  const table = [
    ['what', 'measured', 'floor', 'wall in the same run'],
    ['---', '---', '---', '---'],
    ...rows.map(({ what, measured, floor, wall = '' }) => [what, measured, floor, wall]),
  ];
  return [
    `## ${title}`,
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC · ${machine()}`,
    method,
    table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    details.map((detail) => `- ${detail}`).join('\n'),
  ].join('\n\n');
}

/** The class of machine, as the system tells it. */
export function machine(): string {
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gibibytes} GiB, ${type()} ${release()}, Node ${process.version.slice(1)}`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
