import Type from 'typebox';
import { FacetsSchema, TabCounts } from './queue.schema.ts';
import { CheckName, FindingSchema, nullable, RegistryName, type Answer } from './shared.schema.ts';

const Day = Type.String({ format: 'date' });

const outcomes = {
  judged: Type.Integer(),
  matched: Type.Integer(),
  mismatched: Type.Integer(),
  notApplicable: Type.Integer(),
  byCode: Type.Record(Type.String(), Type.Integer()),
};

const DashboardDay = Type.Object({
  day: Day,
  judged: Type.Integer(),
  matched: Type.Integer(),
  mismatched: Type.Integer(),
  flagged: Type.Integer(),
  reopened: Type.Integer(),
  settled: Type.Integer(),
  cleared: Type.Integer(),
  ended: Type.Integer(),
});

/** What is, by check, registry, ward and rules; what happened on each day; and what is to come. */
export const DashboardResult = Type.Object({
  total: Type.Object(outcomes),
  checks: Type.Array(Type.Object({ check: CheckName, ...outcomes })),
  registries: Type.Array(Type.Object({ registry: RegistryName, ...outcomes })),
  wards: Type.Array(Type.Object({ ward: nullable(Type.String()), ...outcomes }), {
    description: 'The most mismatches first',
  }),
  rules: Type.Array(Type.Object({ rules: Type.String(), ...outcomes })),
  fields: Type.Array(
    Type.Object({
      check: CheckName,
      field: Type.String(),
      verdict: FindingSchema.properties.verdict,
      mismatches: Type.Integer(),
    }),
    { description: 'The fields that go wrong most' },
  ),
  days: Type.Array(DashboardDay),
  tabs: TabCounts,
  ages: FacetsSchema.properties.age,
  forecast: Type.Object({
    open: Type.Integer(),
    perDay: Type.Number({ description: 'Items that leave the queue, less those that come, on an average day' }),
    emptyOn: nullable(Day),
    inTime: nullable(Type.Boolean()),
    neededPerDay: nullable(Type.Number()),
  }),
});
export type DashboardResult = Answer<typeof DashboardResult>;
