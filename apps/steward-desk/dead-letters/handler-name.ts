import { notFound } from '../http/problem.ts';

const VIEW_PREFIX = 'view.';

export const nameOfView = (view: string): string => `${VIEW_PREFIX}${view}`;

/** The view that a handler's name stands for; undefined for a group of the bus. */
export const viewNamed = (handler: string): string | undefined =>
  handler.startsWith(VIEW_PREFIX) ? handler.slice(VIEW_PREFIX.length) : undefined;

export const idOfEvent = (stream: string, version: number): string => `${stream}@${version}`;

/** The event that an id stands for. Ends the request where it stands for none. */
export function eventOf(id: string): { readonly stream: string; readonly streamVersion: number } {
  const [, stream, version] = /^(.+)@([0-9]{1,15})$/.exec(id) ?? [];
  if (stream === undefined) throw notFound('dead-letter-not-found', 'There is no such dead letter, or not any more.');
  return { stream, streamVersion: Number(version) };
}
