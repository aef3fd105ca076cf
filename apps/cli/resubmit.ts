import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Json } from '#libs/event-store/port';
import { resubmitQuarantined, type Resubmission } from '#libs/registries/intake';
import { describeReason } from '#libs/registries/validation';
import { changingData } from './data.ts';
import { CommandError } from './failure.ts';
import { HubRefusedError, type HubClient } from './hub-client.ts';

/** What came of a row that was tried again. */
export type ResubmitAnswer =
  { readonly ok: true; readonly intakeId: string } | { readonly ok: false; readonly reasons: readonly string[] };

/** Tries a row in quarantine again, here or through the running hub. Throws `CommandError` when there is no such row to try. */
export function resubmit(dataDir: string, id: string, row: Json | undefined): Promise<ResubmitAnswer> {
  return changingData(dataDir, {
    here: async ({ owned }) =>
      answerOf(await resubmitQuarantined(owned, id, { actor: 'khop', ...(row !== undefined && { row }) })),
    throughHub: (hub) => resubmitThrough(hub, id, row),
  });
}

function answerOf(outcome: Resubmission): ResubmitAnswer {
  if (outcome.ok) return { ok: true, intakeId: outcome.intakeId };
  switch (outcome.code) {
    case 'still-rejected':
      return { ok: false, reasons: outcome.reasons.map(describeReason) };
    case 'not-found':
      throw new CommandError('quarantine-item-not-found', 'There is no such row in quarantine.');
    case 'resolved-already':
      throw new CommandError('quarantine-resolved-already', 'The row has been fixed and taken in already.');
    case 'unknown-record':
      throw new CommandError('unknown-record', 'The hub takes no records of this row’s type any more.');
  }
}

async function resubmitThrough(hub: HubClient, id: string, row: Json | undefined): Promise<ResubmitAnswer> {
  try {
    const answer = await hub.post(`/api/v1/quarantine/${id}/resubmit`, row === undefined ? {} : { row });
    const intakeId = typeof answer === 'object' && answer !== null && 'intakeId' in answer ? answer.intakeId : '';
    return { ok: true, intakeId: typeof intakeId === 'string' ? intakeId : '' };
  } catch (error) {
    if (error instanceof HubRefusedError && error.code === 'row-still-rejected') {
      return { ok: false, reasons: error.fields };
    }
    throw error;
  }
}

/** A row from a file or standard input: one JSON object. */
export async function readRow(file: string): Promise<Json> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const row = parse(content.replace(/^\ufeff/, ''));
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row;
  throw new CommandError('row-not-readable', 'The fixed row must be one JSON object, such as the list’s show prints.');
}

function parse(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}
