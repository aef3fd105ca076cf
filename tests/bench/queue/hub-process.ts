import { spawn } from 'node:child_process';
import { dataDirectory, findHubAddress } from '#apps/hub';

/** A hub that runs in a process of its own. */
export interface HubProcess {
  readonly address: string;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>;
}

const START_SECONDS = 60;

/** Starts the whole hub on a data directory, as `npm start -- --empty` does, and waits until it answers. */
export async function startHubProcess(dataDir: string): Promise<HubProcess> {
  const main = new URL('../../../apps/hub/main.js', import.meta.url).pathname;
  const hub = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, '--empty', '--data-dir', dataDir, '--port', '0'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => hub.once('exit', () => resolve()));
  const directory = dataDirectory(dataDir);
  for (const startedAt = performance.now(); performance.now() - startedAt < START_SECONDS * 1000;) {
    const address = await findHubAddress(directory);
    if (address !== undefined && (await answers(address))) {
      return {
        address,
        async stop() {
          hub.kill('SIGINT');
          await ended;
        },
      };
    }
    if (hub.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  hub.kill('SIGKILL');
  throw new Error('the hub does not answer');
}

const answers = (address: string): Promise<boolean> =>
  fetch(`${address}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
