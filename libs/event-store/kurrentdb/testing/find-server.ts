/** The server that tests without one of their own start: pinned, as in `docker-compose.yml`. */
export const SERVER_IMAGE = 'docker.kurrent.io/kurrent-latest/kurrentdb:25.1.4';

const READY_MILLISECONDS = 120_000;
const PORT = 2_113;

/** With `KHOP_KURRENTDB` naming one, no other is looked for. */
const VARIABLE = 'KHOP_KURRENTDB';

export type FoundServer = { readonly connectionString: string } | { readonly missing: string };

/**
 * A server to try the adapter on: the one that `KHOP_KURRENTDB` names, else one in Docker, which is started here, named there for the
 * processes that a test starts, and goes with the test run. Where there is neither, the reason.
 */
export async function findServer(): Promise<FoundServer> {
  const named = process.env[VARIABLE];
  if (named !== undefined && named !== '') return { connectionString: named };
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
  } catch {
    return { missing: `no ${VARIABLE}, no Docker` };
  }
  const connectionString = await startInDocker();
  process.env[VARIABLE] = connectionString;
  return { connectionString };
}

async function startInDocker(): Promise<string> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(SERVER_IMAGE)
    .withExposedPorts(PORT)
    .withEnvironment({ KURRENTDB_INSECURE: 'true', KURRENTDB_MEM_DB: 'true' })
    .withWaitStrategy(Wait.forHttp('/health/live?liveCode=200', PORT))
    .withStartupTimeout(READY_MILLISECONDS)
    .start();
  return `kurrentdb://${container.getHost()}:${container.getMappedPort(PORT)}?tls=false`;
}
