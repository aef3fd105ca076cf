import type { ViewStatus } from '#libs/projections';
import type { ServiceHealth } from '#libs/service';
import type { Thread } from '#libs/threads';

const LOOK_MILLISECONDS = 2_000;

/** Asks the thread of the views every other moment how they are. */
export function watchViews(viewing: Thread): { health(): ServiceHealth; close(): void } {
  let views: readonly ViewStatus[] = [];
  let asking = false;

  function look(): void {
    if (asking) return;
    asking = true;
    (viewing.ask('status') as Promise<readonly ViewStatus[]>)
      .then((answer) => (views = answer))
      // A thread that has ended ends the desk.
      .catch(() => undefined)
      .finally(() => (asking = false));
  }

  const timer = setInterval(look, LOOK_MILLISECONDS);
  look();
  return {
    health: () =>
      Object.fromEntries(views.filter(({ live }) => live).map((view) => [`view.${view.name}`, partOf(view)])),
    close: () => clearInterval(timer),
  };
}

const partOf = ({ position, lagEvents, lagSeconds, deadLetters, problem }: ViewStatus): ServiceHealth[string] => ({
  ...(problem === undefined ? { status: 'ok' } : { status: 'degraded', code: problem.code }),
  position,
  lagEvents,
  lagSeconds,
  deadLetters,
});
