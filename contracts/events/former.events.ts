import Type from 'typebox';
import { Closed, Name } from '#contracts/shared';
import { defineEvent } from './define.ts';

/** Did not name the tables that the hash covers; there was one. */
export const RulesActivatedV1 = defineEvent(
  'khop.rules.rules-activated.v1',
  Type.Object({ version: Name, hash: Name }, Closed),
);

/** Had the reason in its public part. */
export const DeadLetterSetAsideV1 = defineEvent(
  'khop.dead-letter.dead-letter-set-aside.v1',
  Type.Object({ messageId: Name, reason: Type.String() }, Closed),
);

/** Versions that were once written and are not written any more: each has its upcaster. */
export const FORMER_EVENTS = [RulesActivatedV1, DeadLetterSetAsideV1] as const;
