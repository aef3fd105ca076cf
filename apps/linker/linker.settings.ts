import { wholeNumber } from '#libs/platform';
import { DEFAULT_LINKER_SETTINGS } from './linker.ts';

const { absenceHoldMinutes, maxPairsPerLikeness } = DEFAULT_LINKER_SETTINGS;

/** What the environment may say of linking, in a hub and in a service of its own. */
export const LINKER_SETTINGS = {
  absenceHoldMinutes: wholeNumber(
    'KHOP_ABSENCE_HOLD_MINUTES',
    'How long "not found" waits for an intake',
    absenceHoldMinutes,
    0,
    10_080,
  ),
  // Others share the machine: a command that works alone has no such bound.
  rejudgeRecordsPerSecond: wholeNumber(
    'KHOP_REJUDGE_RECORDS_PER_SECOND',
    'Records judged again in a second after an activation of rules; 0 for as many as can be',
    2_000,
    0,
    1_000_000,
  ),
  maxPairsPerLikeness: wholeNumber(
    'KHOP_MAX_PAIRS_PER_LIKENESS',
    'Residents alike that are compared in pairs',
    maxPairsPerLikeness,
    2,
    10_000,
  ),
};
