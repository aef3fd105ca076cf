import type { QueueResult, WorkDone } from '#contracts/http';
import { newId } from '#libs/platform';

/** The item of a queue, as the API lists it. */
export type QueueItem = QueueResult['items'][number];

/** An answer of the API that was not refused. Rejects with its problem otherwise. */
export async function ask<T>(
  address: string,
  path: string,
  { body, actor = 'cán bộ An' }: { readonly body?: object; readonly actor?: string } = {},
): Promise<T> {
  const response = await fetch(new URL(`/api/v1/${path}`, address), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'khop-actor': encodeURIComponent(actor),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer as T;
}

/** The oldest items of the queue. */
export const queueOf = async (address: string, limit = 50): Promise<readonly QueueItem[]> =>
  (await ask<QueueResult>(address, `queue?sort=oldest&limit=${limit}`)).items;

/** Takes an item for someone. */
export const claim = (
  address: string,
  { check, reconciliation, verdictId }: QueueItem,
  actor?: string,
): Promise<WorkDone> =>
  ask(address, `reconciliations/${check}/${reconciliation}/claim`, {
    body: { commandId: newId(), verdictId },
    ...(actor !== undefined && { actor }),
  });
