import cliProgress from 'cli-progress';

/** Shows how far something has come: a bar on a terminal, nothing in a pipe. */
export interface Progress {
  update(done: number, total?: number): void;
  end(): void;
}

const SILENT: Progress = { update: () => undefined, end: () => undefined };

/** A bar with count and rate on standard error. Without a total it grows with what is done. */
export function startProgress(label: string, total = 0, isTerminal = process.stderr.isTTY): Progress {
  if (!isTerminal) return SILENT;
  const bar = new cliProgress.SingleBar({
    format: `${label.padEnd(24)} {bar} {value}/{total} · {rate}/s`,
    stream: process.stderr,
    barsize: 24,
    hideCursor: true,
    etaBuffer: 50,
  });
  const startedAt = performance.now();
  const rateOf = (done: number): string =>
    Math.round((done * 1000) / Math.max(1, performance.now() - startedAt)).toLocaleString('en');
  bar.start(total, 0, { rate: '0' });
  return {
    update(done, newTotal) {
      if (newTotal !== undefined || done > bar.getTotal()) bar.setTotal(Math.max(newTotal ?? 0, done));
      bar.update(done, { rate: rateOf(done) });
    },
    end: () => bar.stop(),
  };
}
