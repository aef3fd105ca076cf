import type { QuarantineReason } from '#contracts/events';
import type { Json } from '#libs/event-store/port';
import type { Fields, FieldSpec } from '../definitions/index.ts';
import { compileValue } from './read-value.ts';
import { reason } from './reasons.ts';
import { shapeOf } from './shape.ts';

/** What was noticed while a row was read. */
export interface Notes {
  readonly reasons: QuarantineReason[];
  readonly unknownFields: string[];
}

type Read = (value: unknown, notes: Notes) => Json | undefined;
export type Content = Record<string, Json>;
export type RawObject = Readonly<Record<string, unknown>>;
export type ReadFields = (raw: RawObject, notes: Notes) => Content | undefined;

export const isRawObject = (value: unknown): value is RawObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Compiles the reader of a record's fields: it takes the known fields out of a raw row, normalised, and leaves out what is
 * missing, at every depth. The fields of its result are sorted by name, so that its JSON is canonical.
 */
export function compileFields(fields: Fields, path = ''): ReadFields {
  const names = Object.keys(fields).sort();
  const known = new Set(names);
  const steps = names.map((name) => {
    const spec = fields[name];
    if (spec === undefined) throw new TypeError(`no field ${name}`);
    return { name, read: compileField(spec, path === '' ? name : `${path}.${name}`) };
  });

  return (raw, notes) => {
    let content: Content | undefined;
    let present = 0;
    for (const { name, read } of steps) {
      const given = raw[name];
      if (given === undefined) continue;
      present += 1;
      if (given === null) continue;
      const value = read(given, notes);
      if (value === undefined) continue;
      content ??= {};
      content[name] = value;
    }
    const given = Object.keys(raw);
    if (given.length !== present)
      noteUnknown(
        given.filter((name) => !known.has(name)),
        path,
        notes,
      );
    return content;
  };
}

function noteUnknown(names: readonly string[], path: string, notes: Notes): void {
  for (const name of names) notes.unknownFields.push(path === '' ? name : `${path}.${name}`);
}

function compileField(spec: FieldSpec, path: string): Read {
  if (spec.kind === 'object') {
    const read = compileFields(spec.fields, path);
    return (value, notes) => {
      if (value === '') return undefined;
      if (isRawObject(value)) return read(value, notes);
      notes.reasons.push(reason(path, 'wrong-type', shapeOf(value)));
      return undefined;
    };
  }
  if (spec.kind === 'list') return compileList(compileFields(spec.fields, path), path);
  const read = compileValue(spec, path);
  return (value, notes) => read(value, notes.reasons);
}

/** Elements with nothing in them are missing, like any empty value. */
function compileList(readItem: ReadFields, path: string): Read {
  return (value, notes) => {
    if (value === '') return undefined;
    if (!Array.isArray(value)) {
      notes.reasons.push(reason(path, 'wrong-type', shapeOf(value)));
      return undefined;
    }
    const items: Content[] = [];
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      if (item === null || item === '') continue;
      if (!isRawObject(item)) {
        notes.reasons.push(reason(`${path}.${index}`, 'wrong-type', shapeOf(item)));
        continue;
      }
      const before = notes.reasons.length;
      const content = readItem(item, notes);
      placeReasons(notes.reasons, before, path, index);
      if (content !== undefined) items.push(content);
    }
    return items.length === 0 ? undefined : items;
  };
}

/** Names the element in the reasons that its fields gave: `representatives.0.dateOfBirth`. */
function placeReasons(reasons: QuarantineReason[], from: number, path: string, index: number): void {
  for (let at = from; at < reasons.length; at += 1) {
    const given = reasons[at];
    if (given !== undefined) reasons[at] = { ...given, field: `${path}.${index}${given.field.slice(path.length)}` };
  }
}
