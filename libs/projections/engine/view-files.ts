import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which file of a view its readers are to read. */
export interface LiveView {
  readonly file: string;
  readonly version: number;
}

export const viewPath = (directory: string, file: string): string => join(directory, file);
export const pointerPath = (directory: string, name: string): string => join(directory, `${name}.live.json`);

/** The file of a version; `again` tells files of the same version apart while one is built beside the other. */
export const viewFile = (name: string, version: number, again = 0): string =>
  `${name}-v${version}${again === 0 ? '' : `-r${again}`}.sqlite`;

/** A name of the version that no file has. */
export function unusedViewFile(directory: string, name: string, version: number): string {
  for (let again = 0; ; again += 1) {
    const file = viewFile(name, version, again);
    if (!existsSync(viewPath(directory, file))) return file;
  }
}

/** The live file; undefined when there is none. */
export function findLiveView(directory: string, name: string): LiveView | undefined {
  try {
    const pointer: unknown = JSON.parse(readFileSync(pointerPath(directory, name), 'utf8'));
    if (typeof pointer !== 'object' || pointer === null || !('file' in pointer) || !('version' in pointer)) return;
    const { file, version } = pointer;
    if (typeof file !== 'string' || typeof version !== 'number') return;
    return existsSync(viewPath(directory, file)) ? { file, version } : undefined;
  } catch {
    return undefined;
  }
}

/** Points the readers to a file: at once and as a whole. */
export function makeLive(directory: string, name: string, live: LiveView): void {
  const path = pointerPath(directory, name);
  writeFileSync(`${path}.new`, JSON.stringify(live));
  renameSync(`${path}.new`, path);
}

/** Removes a view's file with what SQLite keeps beside it. Who has it open reads on. */
export function removeViewFile(directory: string, file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${viewPath(directory, file)}${suffix}`, { force: true });
}

/** Removes every file of a view but these. */
export function removeOtherFiles(directory: string, name: string, kept: readonly string[]): void {
  const own = new RegExp(`^${name}-v[0-9]+(-r[0-9]+)?[.]sqlite$`);
  for (const file of readdirSync(directory)) {
    if (own.test(file) && !kept.includes(file)) removeViewFile(directory, file);
  }
}

/** Removes a view altogether: it is built from the log again when the projections next run. Only while none runs. */
export function removeView(directory: string, name: string): void {
  if (!existsSync(directory)) return;
  rmSync(pointerPath(directory, name), { force: true });
  removeOtherFiles(directory, name, []);
}
