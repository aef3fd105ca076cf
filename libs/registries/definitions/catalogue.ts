import { forEachRecord, RECORDS, type KnownRecord, type RecordType } from '#contracts/records';

/** What taking in one record type needs to know. */
export type RecordDefinition = KnownRecord;

/** Every record type that the hub takes in. */
export const DEFINITIONS = RECORDS;

const byRecord = forEachRecord((definition) => definition);

export const definitionOf = (record: RecordType): RecordDefinition => byRecord[record];

/** The definition of a record type given as text; undefined when there is none, or another registry keeps it. */
export function findDefinition(record: string, registry?: string): RecordDefinition | undefined {
  return DEFINITIONS.find(
    (definition) =>
      definition.fileNames.includes(record.toLowerCase()) &&
      (registry === undefined || definition.registry === registry),
  );
}

/**
 * The record type that a file name tells: one of its words is a record type, singular or plural, in any letter case, such as
 * `residents.jsonl`, `Enterprise.CSV`, `residents-2026.part2.xlsx`. Undefined when it tells none, or more than one.
 */
export function definitionOfFileName(fileName: string): RecordDefinition | undefined {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const words = new Set(base.toLowerCase().split(/[^a-z]+/));
  const told = DEFINITIONS.filter((definition) => definition.fileNames.some((name) => words.has(name)));
  return told.length === 1 ? told[0] : undefined;
}
