export { activateRules, type ActivateRules, type ActivationOutcome } from './activate-rules.ts';
export { compareRejudged, noCounts, type CheckCounts, type Rejudged } from './difference.ts';
export { RulesRefusedError, type RulesRefusal } from './refused.ts';
export { RulesBook, UnknownRulesVersionError, type Activation } from './rules-book.ts';
export { readRules, RulesInvalidError } from './read-rules.ts';
export { openRulesInForce, type RulesInForce } from './rules-in-force.ts';
