/**
 * Proves the KurrentDB adapter on a server: `npm run test:kurrentdb -- --url kurrentdb://…` runs the whole contract suite on it. The
 * server is written to: logs called `test-…`, which stay. Without `--url` it takes `KHOP_KURRENTDB`, or starts a server in Docker.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { findServer } from '../../libs/event-store/kurrentdb/testing/find-server.ts';

const { values } = parseArgs({ options: { url: { type: 'string' } } });
if (values.url !== undefined) process.env['KHOP_KURRENTDB'] = values.url;
const server = await findServer();
if ('missing' in server) {
  process.stderr.write(`There is no server to prove it on: ${server.missing}. Name one with --url.\n`);
  process.exitCode = 1;
} else {
  process.exitCode = (await answers(server.connectionString)) ? runSuite() : 1;
}

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
    },
  );
  return status ?? 1;
}
