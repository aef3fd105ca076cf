import { existsSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { LinkerIndex } from '#apps/linker';
import { ownData, startEngine, type DataDirectory } from '#apps/hub';
import { allProjections } from '#libs/viewing';
import { removeView } from '#libs/projections';
import { existingDirectory } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';
import { startProgress } from '../progress.ts';

const LINKER = 'linker';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
  readonly view?: string;
}

/** Options and action of `khop rebuild`. */
export function defineRebuild(command: Command): void {
  command
    .option('--view <name>', `only this: ${[...viewNames(), LINKER].join(', ')}`, (name) => {
      if (name === LINKER || viewNames().includes(name)) return name;
      throw new InvalidArgumentError(
        `There is no such view. Those that there are: ${[...viewNames(), LINKER].join(', ')}.`,
      );
    })
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(rebuild);
}

const viewNames = (): readonly string[] => allProjections().map(({ name }) => name);

async function rebuild({ dataDir, view, json }: Options): Promise<void> {
  const directory = existingDirectory(dataDir);
  const owned = await ownData(directory);
  try {
    removeDerived(directory, view);
    const startedAt = performance.now();
    const engine = await startEngine(directory, owned.store);
    const progress = startProgress('rebuilding');
    try {
      await engine.caughtUp((position, head) => progress.update(position, head));
    } finally {
      progress.end();
      await engine.close();
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const head = await owned.store.head();
    print(
      json
        ? JSON.stringify({ view: view ?? null, position: head, seconds }, undefined, 2)
        : `Rebuilt ${view ?? 'the linker and all views'} from ${head.toLocaleString('en')} positions in ${seconds.toFixed(1)} s.`,
    );
  } finally {
    await owned.close();
  }
}

function removeDerived(directory: DataDirectory, view: string | undefined): void {
  if (view === undefined || view === LINKER) {
    startLinkerAnew(directory);
  }
  for (const name of viewNames()) if (view === undefined || view === name) removeView(directory.views, name);
}

/** What was judged up to now need not be judged again: only the index is folded anew. */
function startLinkerAnew({ linkerFile }: DataDirectory): void {
  if (!existsSync(linkerFile)) return;
  const index = LinkerIndex.openAnew(linkerFile);
  index.startAnew();
  index.close();
}
