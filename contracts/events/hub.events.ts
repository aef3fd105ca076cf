import Type from 'typebox';
import { Closed, Name, StreamVersion, UtcMoment } from '#contracts/shared';
import { defineEvent } from './define.ts';
import { RulesAdded } from './rules.events.ts';

/** A message as its dead letter keeps it; the headers carry its trace. */
const KeptMessage = Type.Object(
  {
    id: Name,
    key: Type.String(),
    type: Name,
    data: Type.Unknown(),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  Closed,
);

/** From this position on, checks judge by these rules; the hash covers the named data tables too. Stream: `rules`. */
export const RulesActivated = defineEvent(
  'khop.rules.rules-activated.v2',
  Type.Object({ version: Name, hash: Name, tables: Type.Array(Name) }, Closed),
);

/** A record event that the linker can't fold: the verdicts that touch the record are held. Stream: `suspension-<hash>`. */
export const RecordSuspended = defineEvent(
  'khop.linker.record-suspended.v1',
  Type.Object({ stream: Name, version: StreamVersion, reason: Type.String() }, Closed),
);

export const RecordResumed = defineEvent(
  'khop.linker.record-resumed.v1',
  Type.Object({ stream: Name, version: StreamVersion }, Closed),
);

/** A 9-digit number that so many residents hold that it is a placeholder. Reported once. Stream: `placeholder-<hash>`. */
export const PlaceholderNumberFound = defineEvent(
  'khop.linker.placeholder-number-found.v1',
  Type.Object({ moreThan: Type.Integer({ minimum: 1 }) }, Closed),
);

/** A handler gave up on a message. Later messages of its key wait behind it. Stream: `dead-letter.<group>-<hash>`. */
export const MessageDeadLettered = defineEvent(
  'khop.dead-letter.message-dead-lettered.v1',
  Type.Object(
    {
      topic: Name,
      group: Name,
      message: KeptMessage,
      reason: Type.String(),
      attempts: Type.Integer({ minimum: 1 }),
      firstFailedAt: UtcMoment,
      lastFailedAt: UtcMoment,
    },
    Closed,
  ),
);

/** A later message of a dead letter's key: it waits. Same stream as the dead letter. */
export const MessageHeld = defineEvent(
  'khop.dead-letter.message-held.v1',
  Type.Object({ message: KeptMessage }, Closed),
);

/** A dead letter, or a message that waited behind one, has been handled after all. */
export const DeadLetterRetried = defineEvent(
  'khop.dead-letter.dead-letter-retried.v1',
  Type.Object({ messageId: Name }, Closed),
);

/** What whoever set something aside wrote. */
const Reason = Type.Object({ reason: Type.String() }, Closed);

/** A dead letter was left for good; what waited behind it goes on. */
export const DeadLetterSetAside = defineEvent(
  'khop.dead-letter.dead-letter-set-aside.v2',
  Type.Object({ messageId: Name }, Closed),
  Reason,
);

/** An event that a view can't fold is left out of it for good, whenever the view is built. Stream: `view.<name>`. */
export const ViewEventSetAside = defineEvent(
  'khop.dead-letter.view-event-set-aside.v1',
  Type.Object({ view: Name, stream: Name, version: StreamVersion }, Closed),
  Reason,
);

export const HUB_EVENTS = [
  RulesAdded,
  RulesActivated,
  RecordSuspended,
  RecordResumed,
  PlaceholderNumberFound,
  MessageDeadLettered,
  MessageHeld,
  DeadLetterRetried,
  DeadLetterSetAside,
  ViewEventSetAside,
] as const;
