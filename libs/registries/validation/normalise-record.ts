import type { QuarantineReason } from '#contracts/events';
import type { JsonObject } from '#libs/event-store/port';
import type { RecordDefinition } from '../definitions/index.ts';
import type { Content, Notes, ReadFields } from './compile-fields.ts';
import type { Moment } from './moment.ts';
import type { SchemaCheck } from './schema-check.ts';
import { compileFields, isRawObject } from './compile-fields.ts';
import { parseMoment } from './moment.ts';
import { reason, WHOLE_ROW } from './reasons.ts';
import { compileSchema } from './schema-check.ts';
import { shapeOf } from './shape.ts';
import { unreadableTexts } from './unreadable-texts.ts';

/** What came of a raw row: a record as it is stored, or the reasons why it is none. */
export type Normalised =
  | {
      readonly ok: true;
      readonly key: string;
      /** Normalised, without missing values, fields in order of their names. */
      readonly content: JsonObject;
      /** The content as JSON: equal contents have equal texts. */
      readonly json: string;
      /** Absent for an undated version. */
      readonly updatedAt?: Moment;
      readonly withdrawn: boolean;
      readonly unknownFields: readonly string[];
    }
  | {
      readonly ok: false;
      /** There when the key itself is well-formed: the record is in the file, though it can't be taken. */
      readonly key?: string;
      readonly reasons: readonly QuarantineReason[];
      readonly unknownFields: readonly string[];
    };

/** Rejected rows carry their reasons in this field; a row that is fixed and sent again may keep it. */
export const REJECTION_FIELD = '_rejected';

const AHEAD_SECONDS = 24 * 60 * 60;
/** A hostile row may have thousands of faults: those who fix it need the first ones. */
const MAX_REASONS = 50;

interface Compiled {
  readonly read: ReadFields;
  readonly schema: SchemaCheck;
}

const compiled = new WeakMap<RecordDefinition, Compiled>();

function compiledOf(definition: RecordDefinition): Compiled {
  const known = compiled.get(definition);
  if (known !== undefined) return known;
  const made = { read: compileFields(definition.fields), schema: compileSchema(definition) };
  compiled.set(definition, made);
  return made;
}

/**
 * Reads a raw row (what JSON, a CSV row or a sheet row gave) as a record of the definition. Never throws, whatever the row is.
 * `now`: milliseconds since 1970, for the bound on `updatedAt`.
 */
export function normaliseRecord(definition: RecordDefinition, raw: unknown, now: number): Normalised {
  if (!isRawObject(raw)) {
    return { ok: false, reasons: [reason(WHOLE_ROW, 'not-a-record', shapeOf(raw))], unknownFields: [] };
  }
  const { read, schema } = compiledOf(definition);
  const notes: Notes = { reasons: [], unknownFields: [] };
  const content: Content = read(raw, notes) ?? {};
  const withdrawn = content['withdrawn'] === true;
  if (content['withdrawn'] === false) delete content['withdrawn'];
  const updatedAt = updatedAtOf(content, now, notes.reasons);
  const json = JSON.stringify(content);
  const reasons = allReasons(notes, withdrawn ? schema.checkWithdrawn(content) : schema.check(content));
  if (json.includes('\\u0000') || json.includes('\\ud')) reasons.push(...unreadableTexts(content));
  const unknownFields =
    notes.unknownFields.length === 0
      ? notes.unknownFields
      : notes.unknownFields.filter((name) => name !== REJECTION_FIELD);
  if (reasons.length > 0) {
    const key = hasKey(definition, reasons) ? { key: definition.keyOf(content) } : {};
    return { ok: false, ...key, reasons: reasons.slice(0, MAX_REASONS), unknownFields };
  }
  return {
    ok: true,
    key: definition.keyOf(content),
    content,
    json,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    withdrawn,
    unknownFields,
  };
}

function updatedAtOf(content: Content, now: number, reasons: QuarantineReason[]): Moment | undefined {
  const text = content['updatedAt'];
  if (typeof text !== 'string') return undefined;
  const moment = parseMoment(text);
  if (moment === undefined) reasons.push(reason('updatedAt', 'moment-form', shapeOf(text)));
  else if (moment.seconds > now / 1000 + AHEAD_SECONDS) reasons.push(reason('updatedAt', 'in-the-future'));
  return moment;
}

/** A field that was refused is not missing as well. */
function allReasons(notes: Notes, bySchema: QuarantineReason[] | undefined): QuarantineReason[] {
  if (bySchema === undefined) return notes.reasons;
  const refused = notes.reasons.map(({ field }) => field);
  const further = bySchema.filter(
    ({ field }) => !refused.some((name) => name === field || name.startsWith(`${field}.`)),
  );
  return [...notes.reasons, ...further];
}

function hasKey(definition: RecordDefinition, reasons: readonly QuarantineReason[]): boolean {
  return !reasons.some(({ field }) => definition.keyFields.some((key) => field === key || field.startsWith(`${key}.`)));
}
