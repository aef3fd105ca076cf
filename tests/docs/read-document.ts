import { readFileSync } from 'node:fs';

/** A fenced block of a document: its info string is a language and, for files, a name. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
  /** Line of the document at which the block begins, from 1. */
  readonly line: number;
}

/** What a reader does with a document, from its beginning to its end. */
export interface Step {
  readonly kind: 'write' | 'edit' | 'run';
  /** Line of the document, from 1. */
  readonly line: number;
  /** The command, or the name of the file. */
  readonly text: string;
  /** What is written to the file, or how it is changed. */
  readonly content: string;
  /** What a comment behind the command states, such as `# exit 2`; 0 without one. */
  readonly exitCode: number;
}

const FENCE = /^```(\S*) ?(\S*)$/;
const EXIT = /\s+# exit ([0-9]+)$/;

export function blocksOf(document: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { language: string; file: string | undefined; line: number; lines: string[] } | undefined;
  for (const [index, text] of document.split('\n').entries()) {
    const fence = FENCE.exec(text);
    if (fence === null) open?.lines.push(text);
    else if (open === undefined) {
      const [, language = '', file = ''] = fence;
      open = { language, file: file === '' ? undefined : file, line: index + 1, lines: [] };
    } else {
      const { lines, ...block } = open;
      blocks.push({ ...block, text: `${lines.join('\n')}\n` });
      open = undefined;
    }
  }
  return blocks;
}

/** The steps of a document: `diff` blocks edit the file that they name, other blocks with a name write it, `sh` blocks are run. */
export function stepsOf(path: string): readonly Step[] {
  return blocksOf(readFileSync(path, 'utf8')).flatMap(({ language, file, text, line }): readonly Step[] => {
    if (file === undefined) return language === 'sh' ? commandsOf(text, line) : [];
    return [{ kind: language === 'diff' ? 'edit' : 'write', line, text: file, content: text, exitCode: 0 }];
  });
}

/** Blocks that no step runs, writes or edits, and that do not say, as `text`, that they only show something. */
export const untriedBlocksOf = (path: string): readonly Block[] =>
  blocksOf(readFileSync(path, 'utf8')).filter(
    ({ language, file }) => file === undefined && language !== 'sh' && language !== 'text',
  );

function commandsOf(block: string, blockLine: number): readonly Step[] {
  return block.split('\n').flatMap((line, index): readonly Step[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const exitCode = Number(EXIT.exec(line)?.[1] ?? 0);
    return [{ kind: 'run', line: blockLine + 1 + index, text: line.replace(EXIT, ''), content: '', exitCode }];
  });
}

/**
 * Applies a `diff` block to a file's text: hunks are separated by `@@`, and each changes the first place that it fits. Throws where
 * it fits none, which means that the document is out of date.
 */
export function edited(source: string, diff: string): string {
  return diff.split(/^@@\n/m).reduce((text, hunk) => {
    const lines = hunk.split('\n').slice(0, -1);
    const side = (dropped: string): string =>
      lines
        .filter((line) => !line.startsWith(dropped))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const before = side('+');
    if (!`\n${text}`.includes(`\n${before}`)) throw new Error(`The file does not hold:\n${before}`);
    return `\n${text}`.replace(`\n${before}`, () => `\n${side('-')}`).slice(1);
  }, source);
}
