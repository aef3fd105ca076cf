const VIEW_PREFIX = 'view.';

export const nameOfView = (view: string): string => `${VIEW_PREFIX}${view}`;

/** The view that a handler's name stands for; undefined for a group of the bus. */
export const viewNamed = (handler: string): string | undefined =>
  handler.startsWith(VIEW_PREFIX) ? handler.slice(VIEW_PREFIX.length) : undefined;

export const idOfEvent = (stream: string, version: number): string => `${stream}@${version}`;
