export { AnswerContentionError, createAnswerCorrection } from './answer-correction.ts';
export { isCorrectable } from './field-names.ts';
export { UnreadableRequestError } from './correction-order.ts';
export type { AnswerCorrection, CorrectionAnswer } from './corrections.handler.ts';
export { correctionTopic, type CorrectionMessage } from './corrections.reaction.ts';
export {
  CORRECTIONS_GROUP,
  startCorrections,
  type CorrectionsDeps,
  type CorrectionsOptions,
} from './corrections.service.ts';
