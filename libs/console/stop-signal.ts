/** npm and `npx` hand a Ctrl+C on that the terminal has sent to all: it comes twice within this time. */
const REPEATED_WITHIN_MILLISECONDS = 1_000;

/**
 * Aborted when this process is told to end, by Ctrl+C or otherwise, so that it can end cleanly. Who tells it again after a moment
 * does not want to wait: then it ends at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const onSignal = (): void => {
      stop.abort();
      setTimeout(() => process.off(signal, onSignal), REPEATED_WITHIN_MILLISECONDS).unref();
    };
    process.on(signal, onSignal);
  }
  return stop.signal;
}
