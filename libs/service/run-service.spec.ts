import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';

type Line = Record<string, unknown>;

const PROCESS = 'dist/libs/service/testing/sample.process.js';
const running: ChildProcess[] = [];

function start(environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [PROCESS], { env: { ...process.env, ...environment }, stdio: 'pipe' });
  running.push(child);
  const lines: Line[] = [];
  const reader = createInterface({ input: child.stdout });
  const until = async (event: string): Promise<Line> => {
    for (;;) {
      const found = lines.find((line) => line['event'] === event);
      if (found !== undefined) return found;
      await once(reader, 'line');
    }
  };
  reader.on('line', (line) => lines.push(JSON.parse(line) as Line));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return { child, lines, until, exit };
}

describe('a service', () => {
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });

  it('answers for its health and metrics until it is told to end, and lets go of what it holds', async () => {
    const { child, lines, until, exit } = start({});
    const { health } = await until('starting');
    await until('started');
    expect((await fetch(`${String(health)}/health/live`)).status).toBe(200);
    const ready = await fetch(`${String(health)}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'degraded',
      service: 'sample',
      parts: { sample: { code: 'broker-away' } },
    });
    expect((await fetch(`${String(health)}/metrics`)).headers.get('content-type')).toContain('text/plain');
    expect((await fetch(`${String(health)}/nothing`)).status).toBe(404);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(lines.map(({ event }) => event)).toEqual(['starting', 'started', 'ending', 'let go']);
  });

  it('names every wrong setting at once and ends with 1', async () => {
    const { lines, exit } = start({ SAMPLE_FAIL_AFTER: 'soon', KHOP_HTTP_PORT: '99999', OTEL_TRACES_SAMPLER_ARG: '2' });
    expect(await exit).toBe(1);
    expect(lines).toHaveLength(1);
    for (const variable of ['SAMPLE_FAIL_AFTER', 'KHOP_HTTP_PORT', 'OTEL_TRACES_SAMPLER_ARG'])
      expect(JSON.stringify(lines)).toContain(variable);
  });

  it('ends although something that it has let go of goes on', async () => {
    const { child, until, exit } = start({ SAMPLE_LINGERS: 'true' });
    await until('started');
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('takes its settings from the environment alone', async () => {
    const child = spawn(process.execPath, [PROCESS, '--data-dir', '/tmp/elsewhere'], { stdio: 'pipe' });
    running.push(child);
    expect((await once(child, 'exit'))[0]).toBe(1);
  });

  it('shows its health as metrics', async () => {
    const { until } = start({});
    const { health } = await until('starting');
    await until('started');
    const page = await (await fetch(`${String(health)}/metrics`)).text();
    expect(page).toContain('khop_follower_lag_events{follower="sample"} 3');
    expect(page).toContain('khop_dead_letters{handler="sample"} 1');
    expect(page).toContain('khop_role_active{role="sample"} 0');
  });

  it('that can’t go on says so by a code, lets go, and ends with 1', async () => {
    const { lines, exit } = start({ SAMPLE_FAIL_AFTER: '1' });
    expect(await exit).toBe(1);
    expect(lines.at(-1)).toMatchObject({ event: 'let go' });
    expect(lines.at(-2)).toMatchObject({ level: 'fatal', error: { code: 'Error' } });
    expect(JSON.stringify(lines)).not.toContain('Bưởi');
  });
});
