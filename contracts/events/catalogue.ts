import type { EventDefinition } from './define.ts';
import { FORMER_EVENTS } from './former.events.ts';
import { HUB_EVENTS } from './hub.events.ts';
import { INTAKE_EVENTS } from './intake.events.ts';
import { VERDICT_EVENTS, WORK_EVENTS } from './reconciliation.events.ts';
import { RECORD_EVENTS } from './record.events.ts';

/** Every version of every event type that a log may hold. */
export const EVENTS: readonly EventDefinition[] = [
  ...RECORD_EVENTS,
  ...INTAKE_EVENTS,
  ...VERDICT_EVENTS,
  ...WORK_EVENTS,
  ...HUB_EVENTS,
  ...FORMER_EVENTS,
];
