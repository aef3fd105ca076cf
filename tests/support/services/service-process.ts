import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Overall } from '#libs/service';
import { startService, type Running } from '../khop.ts';

/** A service as a process, which may be killed and started again under the same name. */
export interface ServiceProcess {
  readonly name: string;
  readonly app: string;
  /** Everything it has said so far, in all its lives. */
  readonly lines: readonly string[];
  /** Starts it, if it does not run; resolves when it says that it has started. */
  start(): Promise<void>;
  /** What its health says; undefined while it does not answer. */
  health(): Promise<Overall | undefined>;
  /** Its page of metrics. */
  metrics(): Promise<string>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it, and waits until it has. Answers its exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const START_MILLISECONDS = 60_000;
const ANSWER_MILLISECONDS = 5_000;

export function serviceProcess(
  name: string,
  app: string,
  environment: Readonly<Record<string, string>>,
): ServiceProcess {
  const lines: string[] = [];
  let life: { readonly running: Running; address?: string; started: boolean } | undefined;

  function begin(): NonNullable<typeof life> {
    const running = startService(app, { env: { ...environment, KHOP_INSTANCE: name, KHOP_HTTP_PORT: '0' } });
    const begun: NonNullable<typeof life> = { running, started: false };
    for (const stream of [running.child.stdout, running.child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const { event, health } = parsed(line);
        if (event === 'starting' && typeof health === 'string') begun.address = health;
        if (event === 'started') begun.started = true;
      });
    }
    void running.ended.then(() => {
      if (life === begun) life = undefined;
    });
    return begun;
  }

  async function ask(path: string): Promise<Response | undefined> {
    const address = life?.address;
    if (address === undefined) return undefined;
    return fetch(`${address}${path}`, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) }).catch(() => undefined);
  }

  return {
    name,
    app,
    lines,
    async start() {
      life ??= begin();
      const until = Date.now() + START_MILLISECONDS;
      const mine = life;
      while (!mine.started) {
        if (life !== mine || Date.now() > until)
          throw new Error(`${name} did not start:\n${lines.slice(-5).join('\n')}`);
        await sleep(20);
      }
    },
    health: async () => (await (await ask('/health/ready'))?.json()) as Overall | undefined,
    metrics: async () => (await (await ask('/metrics'))?.text()) ?? '',
    signal(signal) {
      life?.running.child.kill(signal);
    },
    async end(signal) {
      const ending = life?.running;
      if (ending === undefined) return null;
      ending.child.kill(signal);
      return (await ending.ended).code;
    },
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
