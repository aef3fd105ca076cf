import { applyDecorators } from '@nestjs/common';
import { Answers, ApiActor } from '../openapi/answers.ts';

/** Says whether the queue shows already what a command did (`current`), or not yet (`behind`). */
export const VIEWS_HEADER = 'Khop-Views';

/** Where in the log it stands: whoever reads through another desk sends it along there. */
export const POSITION_HEADER = 'Khop-Position';

const REFUSALS = [400, 404, 409, 413, 415, 422];

/** Describes what a command of a steward is answered with. */
export const AnswersWork = (): MethodDecorator =>
  applyDecorators(ApiActor({ required: true }), Answers('WorkDone', { problems: REFUSALS }));
