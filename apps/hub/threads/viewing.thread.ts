import { dataDirectory } from '../data-directory.ts';
import { startViewing } from '../parts/viewing.ts';
import { runThread } from './thread.ts';

await runThread<{ directory: string }, never>(async ({ directory }) => {
  const viewing = await startViewing(dataDirectory(directory));
  const { projections } = viewing;
  return {
    answers: {
      'caught-up-to': ({ position, timeoutMilliseconds }: { position: number; timeoutMilliseconds: number }) =>
        projections.caughtUpTo(position, timeoutMilliseconds),
      status: () => projections.status(),
      rebuild: ({ view }: { view: string }) => projections.rebuild(view),
      'retry-dead-letters': ({ view, stream }: { view: string; stream: string }) =>
        projections.retryDeadLetters(view, stream),
      'set-aside-dead-letter': ({
        view,
        stream,
        streamVersion,
        reason,
      }: {
        view: string;
        stream: string;
        streamVersion: number;
        reason: string;
      }) => projections.setAsideDeadLetter(view, { stream, streamVersion }, reason),
    },
    close: () => viewing.close(),
  };
});
