import { START, type EventStoreReader, type Position } from '#libs/event-store/port';
import type { PartHealth } from './health.ts';

/** How far a follower of the log is behind, as its part of the health tells it. */
export interface FollowerLag {
  readonly position: Position;
  /** The events in a log that counts them, otherwise an estimate. */
  readonly lagEvents: number;
  /** Age of the first event that it has not looked at. */
  readonly lagSeconds: number;
}

/** Who follows the log. */
export interface Follower {
  /** Undefined before it has come anywhere. */
  readonly position: Position | undefined;
  /** What it follows; default everything. */
  readonly types?: readonly string[];
}

export interface LogWatch {
  /** Whether the log answers, and where it ends. */
  health(): PartHealth;
  /** Of one of the followers, as it was a moment ago; undefined while it does not follow. */
  lagOf(follower: string): FollowerLag | undefined;
  close(): Promise<void>;
}

const LOOK_MILLISECONDS = 2_000;

/** Looks at the log every other moment: whether it answers, and how far behind those are that follow it here. */
export function watchLog(
  store: EventStoreReader,
  followers: () => Readonly<Record<string, Follower | undefined>>,
): LogWatch {
  let head: Position | undefined;
  let awaySince: number | undefined;
  let lags = new Map<string, FollowerLag>();

  async function look(): Promise<void> {
    try {
      const end = await store.head();
      const next = new Map<string, FollowerLag>();
      for (const [name, follower] of Object.entries(followers())) {
        if (follower !== undefined) next.set(name, await lagBehind(store, follower, end));
      }
      head = end;
      lags = next;
      awaySince = undefined;
    } catch {
      awaySince ??= Date.now();
    }
  }

  let looking: Promise<void> | undefined;
  const lookOnce = (): void => void (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(lookOnce, LOOK_MILLISECONDS);
  lookOnce();
  return {
    health() {
      if (awaySince !== undefined) {
        return { status: 'degraded', code: 'log-away', awaySeconds: Math.round((Date.now() - awaySince) / 1000) };
      }
      return { status: 'ok', ...(head !== undefined && { position: head }) };
    },
    lagOf: (follower) => lags.get(follower),
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function lagBehind(
  store: EventStoreReader,
  { position = START, types }: Follower,
  head: Position,
): Promise<FollowerLag> {
  const nothing = { position, lagEvents: 0, lagSeconds: 0 };
  if (position >= head) return nothing;
  const filter = types && { types };
  const [first] = (await store.readAll({ after: position, limit: 1, personalOf: [], ...(filter && { filter }) }))
    .events;
  if (first === undefined) return nothing;
  const lagSeconds = Math.max(0, (Date.now() - Date.parse(first.recordedAt)) / 1000);
  return { position, lagEvents: head - position, lagSeconds: Math.round(lagSeconds * 10) / 10 };
}
