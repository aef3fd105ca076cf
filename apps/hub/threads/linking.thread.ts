import { dataDirectory } from '../data-directory.ts';
import { startLinking, type LinkingStatus } from '../parts/linking.ts';
import { deadLetterAnswers } from './dead-letter.answers.ts';
import { runThread } from '#libs/threads';

await runThread<{ directory: string }, LinkingStatus>(async ({ directory }, report) => {
  const linking = await startLinking(dataDirectory(directory), report);
  return {
    answers: deadLetterAnswers(linking.bus),
    finished: linking.finished,
    close: () => linking.close(),
  };
});
