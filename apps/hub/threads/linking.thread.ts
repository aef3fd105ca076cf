import { dataDirectory } from '../data-directory.ts';
import { startLinking, type LinkingStatus } from '../parts/linking.ts';
import { runThread } from './thread.ts';

await runThread<{ directory: string }, LinkingStatus>(async ({ directory }, report) => {
  const linking = await startLinking(dataDirectory(directory), report);
  return {
    answers: {
      'dead-letters': () => linking.bus.deadLetters(),
      'retry-dead-letter': ({ messageId, group }: { messageId: string; group: string }) =>
        linking.bus.retryDeadLetter(messageId, group),
      'set-aside-dead-letter': ({ messageId, group, reason }: { messageId: string; group: string; reason: string }) =>
        linking.bus.setAsideDeadLetter(messageId, group, reason),
    },
    finished: linking.finished,
    close: () => linking.close(),
  };
});
