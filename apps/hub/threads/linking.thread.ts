import { dataDirectory } from '../data-directory.ts';
import type { LinkingInput } from '../parts/engine.ts';
import { startLinking, type LinkingStatus } from '../parts/linking.ts';
import { deadLetterAnswers } from './dead-letter.answers.ts';
import { runThread } from '#libs/threads';

await runThread<LinkingInput, LinkingStatus>(async ({ directory, settings }, report) => {
  const linking = await startLinking(dataDirectory(directory), report, settings);
  return {
    answers: deadLetterAnswers(linking.bus),
    finished: linking.finished,
    close: () => linking.close(),
  };
}, 'linker');
