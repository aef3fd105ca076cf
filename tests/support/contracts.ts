import { Ajv, type ValidateFunction } from 'ajv';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '#libs/event-store/port';

const CONTRACTS = join(import.meta.dirname, '../../contracts');

let compiled: Ajv | undefined;

/** The committed JSON Schema of this id, as somebody would use it who has only the files. */
function schemaOf(id: string): ValidateFunction {
  compiled ??= new Ajv({
    allErrors: true,
    strictRequired: false,
    schemas: globSync('*/schemas/*.schema.json', { cwd: CONTRACTS }).map(
      (file) => JSON.parse(readFileSync(join(CONTRACTS, file), 'utf8')) as object,
    ),
  });
  const schema = compiled.getSchema(id);
  if (schema === undefined) throw new Error(`no JSON Schema has the id ${id}`);
  return schema;
}

/** What of a value, as JSON, does not fit a contract; nothing when it fits. */
export function misfitsOf(id: string, value: unknown): readonly string[] {
  const validate = schemaOf(id);
  validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${id}${instancePath} ${message}`);
}

/** What of events does not fit the contract of their types, each way once. */
export const misfitsOfEvents = (events: readonly RecordedEvent[]): readonly string[] => [
  ...new Set(
    events.flatMap((event) => [...misfitsOf('khop.event-envelope.v1', event), ...misfitsOf(event.type, event)]),
  ),
];
