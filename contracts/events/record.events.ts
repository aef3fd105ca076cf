import Type, { type Static } from 'typebox';
import {
  Moment,
  RECORD_SCHEMAS,
  RecordTypeName,
  REGISTRIES,
  RegistryName,
  type RecordType,
  type Registry,
} from '#contracts/records';
import { Closed, Name } from '#contracts/shared';
import { defineEvent, type EventDefinition } from './define.ts';

/** Where a version of a record came from, and its order among the versions of its record. */
export const RecordVersionData = Type.Object(
  {
    registry: RegistryName,
    record: RecordTypeName,
    intakeId: Name,
    source: Type.Union([
      Type.Object({ kind: Type.Literal('file'), line: Type.Integer({ minimum: 1 }) }, Closed),
      Type.Object({ kind: Type.Literal('feed'), cursor: Name }, Closed),
      Type.Object({ kind: Type.Literal('resubmission'), quarantineId: Name }, Closed),
    ]),
    /** The source's own time of change, RFC 3339; a version without one is undated. */
    updatedAt: Type.Optional(Moment),
    /** True for an older version that came late: kept in the history, not the current one. */
    late: Type.Boolean(),
    /** True when the source has removed the record with this version. */
    withdrawn: Type.Boolean(),
  },
  Closed,
);
export type RecordVersionData = Static<typeof RecordVersionData>;

/** Everything of the record itself is personal: a household business is a person. */
export const RecordVersionPersonal = Type.Object(
  {
    key: Name,
    /** SHA-256 of the canonical content: orders versions of one moment, and recognises a content that was there before. */
    contentHash: Name,
    content: Type.Unknown(),
  },
  Closed,
);
export type RecordVersionPersonal = Static<typeof RecordVersionPersonal>;

export const RECORD_CHANGES = ['registered', 'amended', 'withdrawn'] as const;
export type RecordChange = (typeof RECORD_CHANGES)[number];

/** Wire name of a change of a record, such as `khop.residents.resident-amended.v1`. */
export function recordEventType(registry: Registry, record: RecordType, change: RecordChange): string {
  return `khop.${registry}.${record}-${change}.v1`;
}

const registries = Object.entries(REGISTRIES) as [Registry, readonly RecordType[]][];

/** `EnterpriseRegistered`, `EnterpriseAmended`, `EnterpriseWithdrawn`, and likewise for every record type. */
export const RECORD_EVENTS: readonly EventDefinition[] = registries.flatMap(([registry, records]) =>
  records.flatMap((record) =>
    RECORD_CHANGES.map((change) =>
      defineEvent(
        recordEventType(registry, record, change),
        dataOf(registry, record, change),
        Type.Object({ ...RecordVersionPersonal.properties, content: RECORD_SCHEMAS[record] }, Closed),
      ),
    ),
  ),
);

function dataOf(registry: Registry, record: RecordType, change: RecordChange) {
  return Type.Object(
    {
      ...RecordVersionData.properties,
      registry: Type.Literal(registry),
      record: Type.Literal(record),
      withdrawn: Type.Literal(change === 'withdrawn'),
    },
    Closed,
  );
}

/** The types of all record events, for filters. */
export const RECORD_EVENT_TYPES: readonly string[] = RECORD_EVENTS.map((event) => event.type);
