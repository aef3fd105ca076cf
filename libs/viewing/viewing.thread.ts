import { runThread } from '#libs/threads';
import { startViewing, type ViewingInput } from './viewing.ts';

await runThread<ViewingInput, never>(async (input) => {
  const viewing = await startViewing(input);
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
}, 'views');
