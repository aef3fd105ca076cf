import { readSettings } from '#libs/platform';
import { untraced } from './span.ts';
import type { Tracing, TracingOptions } from './tracing.interface.ts';
import { TRACING_SETTINGS } from './tracing.settings.ts';

const UNTRACED = untraced(undefined);

const NO_TRACING: Tracing = {
  enabled: false,
  follows: () => false,
  start: (_, options) => (options?.parent === undefined ? UNTRACED : untraced(options.parent)),
  run: (_, options, work) => work(options.parent === undefined ? UNTRACED : untraced(options.parent)),
  now: () => 0,
  close: () => Promise.resolve(),
};

let current = NO_TRACING;

/** The tracing of this thread, as it is at the moment. */
export const tracing = (): Tracing => current;

/** Begins to trace in this thread, where an endpoint is set. To be called before the thread opens anything that it traces. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.endpoint === '' && options.processor === undefined) return NO_TRACING;
  // What is not wanted is not loaded: a command is to start in no time.
  const { record } = await import('./recording.ts');
  const recording = record(options);
  const started: Tracing = {
    ...recording,
    async close() {
      if (current === started) current = NO_TRACING;
      await recording.close();
    },
  };
  current = started;
  return started;
}

/** The same, as the environment says. Throws `SettingsError`. */
export function startTracingBy(environment: NodeJS.ProcessEnv, service: string): Promise<Tracing> {
  return startTracing({ service, ...readSettings(TRACING_SETTINGS, environment) });
}
