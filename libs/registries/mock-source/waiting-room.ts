/** Where requests wait for something new: long polling. */
export interface WaitingRoom {
  /** Resolves at the next `wake`, after the time, or when the signal is aborted, whichever comes first. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  wake(): void;
}

export function createWaitingRoom(): WaitingRoom {
  const waiting = new Set<() => void>();
  return {
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const leave = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', leave);
          waiting.delete(leave);
          resolve();
        };
        const timer = setTimeout(leave, milliseconds);
        waiting.add(leave);
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave);
      }),
    wake() {
      for (const leave of [...waiting]) leave();
    },
  };
}
