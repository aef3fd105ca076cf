/**
 * Proves the KurrentDB adapter on a server: `npm run test:kurrentdb -- --url kurrentdb://…` runs the whole contract suite on it. The
 * server is written to: logs called `test-…`, which stay. Without `--url` it takes `KHOP_KURRENTDB`, or starts a server in Docker.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';

const { values } = parseArgs({ options: { url: { type: 'string' } } });
const url = values.url ?? process.env['KHOP_KURRENTDB'];
process.exitCode = url === undefined || (await answers(url)) ? runSuite() : 1;

/** Whether the server is there: so that a wrong address is told at once, not by every case after its time. */
async function answers(connectionString: string): Promise<boolean> {
  try {
    const events = KurrentDBClient.connectionString(connectionString).readAll({ maxCount: 1, requiresLeader: true });
    for await (const _ of events) break;
    return true;
  } catch (error) {
    const reason = error instanceof Error ? `${error.constructor.name}: ${error.message}` : 'unknown';
    process.stderr.write(`The KurrentDB server does not answer (${reason}).\n`);
    return false;
  }
}

function runSuite(): number {
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url)),
      'libs/event-store/adapters.spec.ts',
      '--testNamePattern=EventStore on kurrentdb',
    ],
    {
      stdio: 'inherit',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, ...(url !== undefined && { KHOP_KURRENTDB: url }) },
    },
  );
  return status ?? 1;
}
