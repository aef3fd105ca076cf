import Type from 'typebox';
import { Rules } from '#contracts/rules';
import { defineEvent } from './define.ts';

/** Rules as they were written, in the log before they are activated for the first time: verdicts refer to their version for ever. */
export const RulesAdded = defineEvent(
  'khop.rules.rules-added.v1',
  Type.Object({ rules: Rules }, { additionalProperties: false }),
);
