import Type, { type Static } from 'typebox';

/**
 * What a registry offers over HTTP, and what its adapter asks of it. Keys of records are personal: they stand in bodies,
 * never in a URL.
 *
 * | request | answer |
 * |---|---|
 * | `GET /changes?record&since&limit&wait` | `ChangePage` |
 * | `POST /records/:record/lookup` `{ key }` | `FoundRecord`, or 404 |
 * | `GET /counts` | `SourceCounts` |
 * | `POST /corrections` `CorrectionOrder` | `CorrectionState`; 409 when the id was used for another order |
 * | `GET /corrections/:requestId` | `CorrectionState`, or 404 |
 * | `GET /decisions?since&limit&wait` | `DecisionPage` |
 *
 * Cursors are opaque and of one width: ordered as text, they are in the order of the changes. Without `since` a feed begins
 * at its first change; 410 answers a cursor that the feed no longer has, and the reader begins anew. `wait` (seconds) keeps a request that has nothing new open until there is something.
 */
export const Cursor = Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z_.:-]+$' });

/** One version of a record, as the source has it: `content` is not judged here. A source that traces says to which trace the change belongs. */
export const Change = Type.Object({
  cursor: Cursor,
  record: Type.String(),
  content: Type.Unknown(),
  traceparent: Type.Optional(Type.Unknown()),
});
export type Change = Static<typeof Change>;

export const ChangePage = Type.Object({
  changes: Type.Array(Change),
  /** Go on after this one; absent as long as the feed has nothing at all. */
  next: Type.Optional(Cursor),
  /** True when there were more changes than the page could hold. */
  more: Type.Boolean(),
  /** How many changes stand behind this page, for a source that knows. */
  remaining: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ChangePage = Static<typeof ChangePage>;

export const FoundRecord = Type.Object({ key: Type.String(), cursor: Cursor, content: Type.Unknown() });
export type FoundRecord = Static<typeof FoundRecord>;

/** What a source counts of one record type: `records` by key, the withdrawn ones among them, and all their versions. */
export const RecordCounts = Type.Object({
  records: Type.Integer({ minimum: 0 }),
  withdrawn: Type.Integer({ minimum: 0 }),
  changes: Type.Integer({ minimum: 0 }),
});
export type RecordCounts = Static<typeof RecordCounts>;

export const SourceCounts = Type.Object({ records: Type.Record(Type.String(), RecordCounts) });
export type SourceCounts = Static<typeof SourceCounts>;

export const RequestId = Type.String({ minLength: 1, maxLength: 100, pattern: '^[0-9A-Za-z_.:-]+$' });

/**
 * Asks the registry to correct a record. `fields` names what is wrong; `proposed` gives values by their path in the
 * record, parts joined with a dot and places in an array as numbers: `headOffice.wardCode`, `representatives.0.fullName`.
 */
export const CorrectionOrder = Type.Object(
  {
    requestId: RequestId,
    record: Type.String(),
    key: Type.String({ minLength: 1, maxLength: 500 }),
    fields: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100 }),
    proposed: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown())),
    note: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  { additionalProperties: false },
);
export type CorrectionOrder = Static<typeof CorrectionOrder>;

/** `received` until an officer decides, which may be never; `reason` comes with `refused`. */
export const CorrectionState = Type.Object({
  requestId: RequestId,
  state: Type.Union([Type.Literal('received'), Type.Literal('applied'), Type.Literal('refused')]),
  reason: Type.Optional(Type.String()),
});
export type CorrectionState = Static<typeof CorrectionState>;

export const Decision = Type.Object({
  cursor: Cursor,
  requestId: RequestId,
  state: Type.Union([Type.Literal('applied'), Type.Literal('refused')]),
  reason: Type.Optional(Type.String()),
});
export type Decision = Static<typeof Decision>;

export const DecisionPage = Type.Object({
  decisions: Type.Array(Decision),
  next: Type.Optional(Cursor),
  more: Type.Boolean(),
});
export type DecisionPage = Static<typeof DecisionPage>;

/** Most changes or decisions that one page may hold. */
export const MAX_PAGE_SIZE = 5000;
/** Longest time that a request may be kept open, in seconds. */
export const MAX_WAIT_SECONDS = 30;
