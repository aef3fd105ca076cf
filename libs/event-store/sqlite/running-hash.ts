import { hash } from 'node:crypto';

/** What the running hash covers of one event, besides what came before. */
export interface HashedEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly recordedAt: number;
  readonly body: string;
  readonly commitment: string | null;
}

/** The hash at position 0. */
export function firstHash(logId: string): string {
  return hash('sha256', `khop-log\n${logId}`, 'base64url');
}

/** Each part but the last ends at a line break, which names and numbers can't hold: no two events hash the same text. */
export function nextHash(previous: string, event: HashedEvent): string {
  return hash(
    'sha256',
    `${previous}\n${event.commitment ?? ''}\n${event.position}\n${event.stream}\n${event.version}\n${event.type}\n${event.recordedAt}\n${event.body}`,
    'base64url',
  );
}
